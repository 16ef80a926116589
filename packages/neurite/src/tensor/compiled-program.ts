import type { DType, HostArray, HostScalar, Shape } from '../graph/node.ts'
import { bindingValue, closeGraph, type OpenGraph } from '../runtime/close-graph.ts'
import { type Backend, type BindingValue, currentBackend, type Executable } from '../runtime/device.ts'
import { epoch } from '../runtime/epoch.ts'
import type { State } from '../runtime/state.ts'
import type { Dependency, TraceContext } from '../runtime/trace-context.ts'
import { type Nest, putTogether } from './nest.ts'
import { Tensor } from './tensor.ts'

/** What an argument was when the function was recorded. */
export type Parameter =
  | { readonly kind: 'number'; readonly scalar: HostScalar }
  | {
      readonly kind: 'tensor'
      readonly shape: Shape
      readonly dtype: DType
      readonly wantsGrad: boolean
      /** A parameter passed as an argument: the program works on its memory. */
      readonly state: State | undefined
      /** Which of the program's inputs it is. */
      readonly input: number
    }

/** What a recording gives. */
export interface Recording {
  readonly key: string
  readonly parameters: readonly Parameter[]
  readonly context: TraceContext
  readonly graph: OpenGraph
  /** How the outputs are put together, and their tensors. */
  readonly result: Nest
  readonly outputs: readonly { readonly shape: Shape; readonly dtype: DType }[]
  readonly watched: readonly string[]
  /** Memory that belongs to the program alone. */
  readonly owned: readonly State[]
}

/** A recorded function, compiled for one backend, with everything that one call needs at hand. */
export class CompiledProgram {
  readonly key: string
  readonly parameters: readonly Parameter[]
  readonly watched: readonly string[]
  private readonly backend: Backend
  readonly executable: Executable
  private readonly bindings: BindingValue[]
  private readonly inputs: readonly { readonly leaf: number; readonly binding: number }[]
  private readonly scalars: readonly { readonly scalar: HostScalar; readonly binding: number }[]
  private readonly states: readonly { readonly state: State; readonly binding: number }[]
  private readonly written: readonly State[]
  private readonly hooks: readonly (() => void)[]
  private readonly dependencies: readonly Dependency[]
  private readonly outputs: Recording['outputs']
  private readonly result: Nest
  private readonly isSingle: boolean
  private readonly owned: readonly State[]
  private checkedEpoch: number

  constructor(recording: Recording) {
    const { graph, context, parameters } = recording
    this.key = recording.key
    this.parameters = parameters
    this.watched = recording.watched
    this.backend = currentBackend()
    this.executable = this.backend.compile(closeGraph(graph))
    this.bindings = graph.sources.map(bindingValue)
    const places = graph.sources.map((source, binding) => ({ source, binding }))
    this.inputs = places.flatMap(({ source, binding }) => {
      if (source.kind !== 'input') return []
      const leaf = parameters.findIndex((item) => item.kind === 'tensor' && item.input === source.index)
      return [{ leaf, binding }]
    })
    this.scalars = places.flatMap(({ source, binding }) =>
      source.kind === 'scalar' ? [{ scalar: source.scalar, binding }] : [],
    )
    this.states = places.flatMap(({ source, binding }) =>
      source.kind === 'state' ? [{ state: source.state, binding }] : [],
    )
    this.written = graph.assignments.map(({ state }) => state)
    this.hooks = context.hooks
    this.dependencies = context.dependencies
    this.outputs = recording.outputs
    this.result = recording.result
    this.isSingle = recording.result.kind === 'leaf' && recording.watched.length === 0
    this.owned = recording.owned
    this.checkedEpoch = epoch.value
  }

  /** True where arguments given directly fit this program. Says nothing about modes: see `isCurrent`. */
  takes(leaves: readonly unknown[]): boolean {
    const { parameters } = this
    if (leaves.length !== parameters.length) return false
    for (let i = 0; i < parameters.length; i++) {
      const parameter = parameters[i]!
      const leaf = leaves[i]
      if (parameter.kind === 'number') {
        if (typeof leaf !== 'number') return false
        continue
      }
      if (!(leaf instanceof Tensor) || leaf.dtype !== parameter.dtype || leaf.wantsGrad !== parameter.wantsGrad) {
        return false
      }
      if (leaf.wantsGrad && leaf.state !== parameter.state) return false
      const { shape } = leaf
      const expected = parameter.shape
      if (shape.length !== expected.length) return false
      for (let axis = 0; axis < shape.length; axis++) if (shape[axis] !== expected[axis]) return false
    }
    return true
  }

  /** True while device, modes and flags are what they were when the function was recorded. */
  isCurrent(): boolean {
    if (this.checkedEpoch === epoch.value) return true
    if (this.backend !== currentBackend()) return false
    for (const { owner, read, value } of this.dependencies) if (read(owner) !== value) return false
    for (const { state, binding } of this.states) this.bindings[binding] = state.storage()
    this.checkedEpoch = epoch.value
    return true
  }

  /** Runs the program on the leaves of the arguments; gives the values of the outputs, then those of watched tensors. */
  run(leaves: readonly unknown[]): HostArray[] {
    const { bindings, parameters } = this
    for (let i = 0; i < parameters.length; i++) {
      const parameter = parameters[i]!
      if (parameter.kind === 'number') parameter.scalar.value = leaves[i] as number
    }
    for (let i = 0; i < this.inputs.length; i++) {
      const { leaf, binding } = this.inputs[i]!
      const tensor = leaves[leaf] as Tensor
      bindings[binding] = tensor.values ?? tensor.hostValues()
    }
    for (let i = 0; i < this.hooks.length; i++) this.hooks[i]!()
    for (let i = 0; i < this.scalars.length; i++) {
      const { scalar, binding } = this.scalars[i]!
      bindings[binding] = scalar.value
    }
    for (let i = 0; i < this.written.length; i++) this.written[i]!.beforeWrite()
    return this.executable.run(bindings)
  }

  /** The outputs as the function returned them. */
  handles(values: readonly HostArray[]): unknown {
    if (this.isSingle) return this.handle(values, 0)
    return putTogether(this.result, (index) => this.handle(values, index))
  }

  /** The output or watched tensor with this number. */
  handle(values: readonly HostArray[], index: number): Tensor {
    const { shape, dtype } = this.outputs[index]!
    return new Tensor(shape, dtype, undefined, values[index])
  }

  /** The values of watched tensors, by name. */
  watchedHandles(values: readonly HostArray[], into: Map<string, Tensor>): void {
    const first = this.outputs.length - this.watched.length
    for (const [i, name] of this.watched.entries()) into.set(name, this.handle(values, first + i))
  }

  describe(): string {
    return this.executable.describe()
  }

  free(): void {
    this.executable.free()
    for (const state of this.owned) state.free()
  }
}
