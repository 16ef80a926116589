import { requireDType } from '../require-dtype.ts'
import { ArgumentError, ShapeError, StateError } from '../errors.ts'
import type { DataAttributes, DType, HostArray, Node, Shape } from '../graph/node.ts'
import { createNode, equalShapes } from '../graph/node.ts'
import { data as dataNode, dataOperation } from '../ops/data.ts'
import { detach } from '../ops/detach.ts'
import { state as stateNode } from '../ops/state.ts'
import { nextEpoch } from '../runtime/epoch.ts'
import { isReady } from '../runtime/arrival.ts'
import { evaluateLater, evaluateNodes, valuesAtHand } from '../runtime/evaluate.ts'
import { State } from '../runtime/state.ts'
import { currentTrace, dependOn, type TraceContext, withTrace } from '../runtime/trace-context.ts'
import { knownValues } from '../runtime/values.ts'
import { throwFailure } from './failures.ts'
import { isGradEnabled } from './grad-mode.ts'
import type { Tensor } from './tensor.ts'

/** Which tensor a leaf of the graph stands for: where gradients arrive. */
const leaves = new WeakMap<Node, Tensor>()

/** The tensor behind a leaf of the graph, or undefined. */
export function leafTensor(node: Node): Tensor | undefined {
  return leaves.get(node)
}

/** Lazy chains are computed at this length. */
const MAXIMUM_PENDING_DEPTH = 256

/** Bodies of loops that are being recorded, one inside the other. */
let recordedLoops = 0

/** @internal Runs the body of a loop once on stand-ins: nothing can be computed meanwhile. */
export function whileRecordingLoop<T>(fn: () => T): T {
  recordedLoops++
  try {
    return fn()
  } finally {
    recordedLoops--
  }
}

const readRequiresGrad = (owner: TensorCore): unknown => owner.wantsGrad

/** What every tensor is made of. Methods that compute stand in the classes that extend this one. */
export abstract class TensorCore {
  readonly shape: Shape
  readonly dtype: DType
  /** A name for people, shown in messages; parameters carry their path in the model. */
  label: string | undefined
  /** @internal The node, where the tensor was computed or its leaf node was needed. */
  recorded: Node | undefined
  /** @internal The values, where they are in JavaScript memory. */
  values: HostArray | undefined
  /** @internal The resident memory of parameters and buffers. */
  state: State | undefined
  /** @internal The recording that this tensor belongs to. */
  readonly trace: TraceContext | undefined
  /** @internal */
  wantsGrad = false
  /** @internal True once `backward` has run from here and let go of the graph. */
  graphUsed = false
  /** @internal How many operations stand one after the other since values were known. */
  pendingDepth = 0
  /** @internal Counts the calls of a compiled function that uses the gradient and does not keep it. */
  gradientUse: { readonly calls: { count: number }; clearedAt: number } | undefined
  private gradient: Tensor | undefined
  /** Whether a compiled program depends on `requiresGrad`. */
  private isWatched = false

  /** @internal Use `tensor`, `zeros`, `rand` and the like. */
  constructor(shape: Shape, dtype: DType, node?: Node, values?: HostArray, state?: State) {
    this.shape = shape
    this.dtype = dtype
    this.label = undefined
    this.recorded = node
    this.values = values
    this.state = state
    this.trace = currentTrace()
    this.gradient = undefined
    this.gradientUse = undefined
  }

  /** @internal A tensor of the same class for a node. */
  abstract make(node: Node): Tensor

  /** Number of dimensions. */
  get rank(): number {
    return this.shape.length
  }

  /** Number of elements. */
  get size(): number {
    let count = 1
    for (const dimension of this.shape) count *= dimension
    return count
  }

  /**
   * The node of the graph that stands for this tensor now. Reading it from outside a compiled function makes the tensor
   * resident state of the program.
   *
   * @throws StateError when the tensor was recorded by a compiled function that has ended
   */
  get node(): Node {
    const context = currentTrace()
    if (this.state === undefined) {
      if (this.trace === context) return (this.recorded ??= this.leafNode())
      if (this.trace !== undefined) throw this.leaked()
      this.makeResident()
    }
    const state = this.state!
    const node = context === undefined ? state.readNode() : context.stateNode(state, stateNode)
    if (this.wantsGrad) leaves.set(node, this as unknown as Tensor)
    return node
  }

  private leafNode(): Node {
    const { values, shape, dtype } = this
    const node = values === undefined ? this.expectedNode() : dataNode({ data: values, shape, dtype })
    if (this.wantsGrad && !this.graphUsed) leaves.set(node, this as unknown as Tensor)
    return node
  }

  /** A leaf for a result that still waits for the device; its data are there when a program can ask for them. */
  private expectedNode(): Node {
    const { shape, dtype } = this
    const arrived = (): HostArray | undefined => {
      if (this.values === undefined) throwFailure(this)
      return this.values
    }
    const attributes = {
      shape,
      dtype,
      get data(): HostArray | undefined {
        return arrived()
      },
    }
    const operation = { ...dataOperation, infer: () => ({ shape, dtype }) }
    return createNode(operation as typeof dataOperation, [], attributes as DataAttributes)
  }

  /** @internal Moves the values into resident memory, so that programs read and write them there. */
  makeResident(): State {
    if (this.state !== undefined) return this.state
    if (this.trace !== undefined) {
      throw new StateError({
        what: 'a tensor that was recorded inside compile is assigned to or kept as state',
        expected: 'a parameter or a buffer made outside the compiled function',
        fix: 'make it outside with parameter() or buffer() and assign to it inside',
      })
    }
    if (this.wantsGrad && !this.isLeaf) {
      throw new StateError({
        what: 'a compiled function uses a tensor that was computed from parameters outside of it; no gradient could flow back',
        expected: 'parameters, data, or tensors without gradient',
        fix: 'compute it inside the compiled function, or pass it through detach() first',
      })
    }
    this.state = withTrace(undefined, () => this.copyToState())
    this.values = undefined
    this.recorded = undefined
    return this.state
  }

  /** @internal Resident memory of its own with the values of this moment. */
  copyToState(): State {
    const type = { shape: this.shape, dtype: this.dtype }
    const values = this.laterValues()
    if (typeof values !== 'function') return new State(type, values.slice())
    const state = new State(type)
    state.write(values)
    return state
  }

  /** True for tensors that were made, not computed: gradients arrive at these. */
  get isLeaf(): boolean {
    if (!this.wantsGrad || this.state !== undefined) return true
    return !this.graphUsed && (this.recorded === undefined || leaves.get(this.recorded) === (this as unknown as Tensor))
  }

  /** Whether `backward` computes a gradient for this tensor or passes through it. Can be set on leaves of dtype float32. */
  get requiresGrad(): boolean {
    if (this.trace === undefined && currentTrace() !== undefined) {
      this.isWatched = true
      dependOn<TensorCore>(this, readRequiresGrad)
    }
    return this.wantsGrad
  }

  set requiresGrad(wanted: boolean) {
    if (wanted === this.wantsGrad) return
    if (wanted) requireDType('requiresGrad', this, ['float32'])
    if (!wanted && !this.isLeaf) {
      throw new StateError({
        what: 'requiresGrad is switched off on a tensor that was computed',
        expected: 'a tensor that was made directly, such as a parameter',
        fix: 'use detach() to get the same values without gradient',
      })
    }
    // A computed tensor that starts to require a gradient becomes a leaf: what lies before it is not followed.
    if (wanted && this.state === undefined && this.recorded !== undefined && this.recorded.inputs.length > 0) {
      this.recorded = detach(this.recorded)
    }
    this.wantsGrad = wanted
    if (wanted && this.recorded !== undefined) leaves.set(this.recorded, this as unknown as Tensor)
    if (this.isWatched) nextEpoch()
  }

  /**
   * The gradient that `backward` has added up, or undefined. Set it to undefined to start anew.
   *
   * @throws StateError after a compiled step that did not keep it
   */
  get grad(): Tensor | undefined {
    const context = currentTrace()
    if (context !== undefined) return context.gradients.get(this) as Tensor | undefined
    if (this.gradientUse !== undefined && this.gradientUse.calls.count > this.gradientUse.clearedAt) {
      throw new StateError({
        what: `the gradient of ${this.label ?? `a tensor of shape [${this.shape.join(', ')}]`} is not there: a compiled step used it and did not keep it`,
        expected: 'a gradient that was kept',
        fix: 'compile with { keepGradients: true }, or return the gradient from the function; to add up gradients outside compile, set grad to undefined first (zeroGrad does)',
      })
    }
    return this.gradient
  }

  set grad(value: Tensor | undefined) {
    if (value !== undefined && !equalShapes(value.shape, this.shape)) {
      throw new ShapeError({
        what: `grad is set to a tensor of shape [${value.shape.join(', ')}]`,
        expected: `the shape of the tensor itself, [${this.shape.join(', ')}]`,
        fix: 'set a gradient of the same shape, or undefined',
      })
    }
    const context = currentTrace()
    if (context !== undefined) {
      context.gradients.set(this, value)
      return
    }
    if (this.gradientUse !== undefined) this.gradientUse.clearedAt = this.gradientUse.calls.count
    this.gradient = value
  }

  /** @internal The result of an operation on `inputs`. */
  derive(node: Node, ...inputs: readonly TensorCore[]): Tensor {
    const result = this.make(node)
    if (isGradEnabled() && node.dtype === 'float32') {
      for (const input of inputs) if (input.requiresGrad) result.wantsGrad = true
    }
    for (const input of inputs) {
      if (input.values === undefined && input.pendingDepth >= result.pendingDepth) {
        result.pendingDepth = input.pendingDepth + 1
      }
    }
    // Endless chains (a running sum that nobody reads) are computed piece by piece, with one program.
    const isEager = this.trace === undefined && currentTrace() === undefined && recordedLoops === 0
    if (result.pendingDepth >= MAXIMUM_PENDING_DEPTH && isEager) {
      result.laterValues()
      result.pendingDepth = 0
    }
    return result
  }

  /**
   * @internal The values, computed now if need be. Shared: not to be changed.
   *
   * @throws StateError where they need a device that has not arrived
   */
  hostValues(): HostArray {
    this.checkReadable()
    if (this.state !== undefined) return this.state.read()
    if (this.values === undefined) {
      throwFailure(this)
      this.values = evaluateNodes([this.recorded!])[0]!
      this.letGo()
    }
    return this.values
  }

  /** @internal Whether `hostValues` gives the values now. */
  hasValuesAtHand(): boolean {
    if (this.values !== undefined || isReady()) return true
    if (this.state !== undefined) return this.state.hostValues() !== undefined
    return this.recorded !== undefined && valuesAtHand(this.recorded) !== undefined
  }

  /**
   * @internal The values, or, where they need a device that has not arrived, what gives those of this moment to calls
   * that wait behind.
   */
  laterValues(): HostArray | (() => HostArray) {
    this.checkReadable()
    if (this.hasValuesAtHand()) return this.hostValues()
    const { node } = this
    // An error is told by whoever needs the values.
    evaluateLater(
      [node],
      [],
      () => undefined,
      () => undefined,
    )
    return () => knownValues(node) ?? evaluateNodes([node])[0]!
  }

  private checkReadable(): void {
    const context = currentTrace()
    if (context !== undefined) {
      context.failure ??= readInsideCompile()
      throw context.failure
    }
    if (this.trace !== undefined) throw this.leaked()
  }

  /** @internal Forgets the graph before evaluated values that no gradient passes. */
  letGo(): void {
    if (!this.wantsGrad || this.graphUsed) this.recorded = undefined
  }

  private leaked(): StateError {
    return new StateError({
      what: 'a tensor is used that was recorded by a compiled function which has ended',
      expected: 'tensors that the function returned',
      fix: 'return the tensor from the compiled function, or name it with watch() and read it from the watched map',
    })
  }
}

/**
 * The node to compute with: gradients stop here inside noGrad.
 *
 * @throws ArgumentError for what is no tensor: without types, a list or undefined may arrive here
 */
export function operandNode(x: TensorCore): Node {
  if (!(x instanceof TensorCore)) {
    throw new ArgumentError({
      what: `an operand is ${Array.isArray(x) ? 'a list' : typeof x}`,
      expected: 'a tensor, or a number where the operation takes one',
      fix: 'make a tensor of it with tensor(values)',
    })
  }
  return isGradEnabled() || !x.requiresGrad ? x.node : detach(x.node)
}

/** The error for reading numbers while a function is being recorded. */
export function readInsideCompile(): StateError {
  return new StateError({
    what: 'the value of a tensor is read inside a compiled function, where nothing is computed yet',
    expected: 'a function that only records operations',
    fix: 'return the tensor and read it after the call, or name it with watch(); choose between values with where()',
  })
}
