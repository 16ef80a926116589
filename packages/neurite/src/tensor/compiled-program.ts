import type { DType, HostArray, HostScalar, Shape } from '../graph/node.ts'
import { currentBackend, deviceCode, enqueue, type Executable, inOrder, isReady } from '../runtime/arrival.ts'
import type { BoundProgram } from '../runtime/bound-program.ts'
import type { OpenGraph } from '../runtime/open-graph.ts'
import { epoch } from '../runtime/epoch.ts'
import type { State } from '../runtime/state.ts'
import type { Dependency, TraceContext } from '../runtime/trace-context.ts'
import { type Nest, putTogether } from './nest.ts'
import { failTensors } from './failures.ts'
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
  /** Undefined until the device has arrived. */
  private bound: BoundProgram | undefined
  /** Where executables are entered, so that they are freed with the function. */
  private readonly executables: Set<Executable>
  private readonly graph: OpenGraph
  private readonly device: number
  /** Which argument each input of the graph is, in the order of its sources. */
  private readonly inputs: readonly number[]
  private readonly hooks: readonly (() => void)[]
  private readonly dependencies: readonly Dependency[]
  private readonly outputs: Recording['outputs']
  private readonly nest: Nest
  private readonly isSingle: boolean
  private readonly owned: readonly State[]
  private checkedEpoch: number

  constructor(recording: Recording, executables: Set<Executable>) {
    const { graph, context, parameters } = recording
    this.key = recording.key
    this.parameters = parameters
    this.watched = recording.watched
    this.graph = graph
    this.device = epoch.device
    this.executables = executables
    this.inputs = graph.sources.flatMap((source) =>
      source.kind === 'input'
        ? [parameters.findIndex((item) => item.kind === 'tensor' && item.input === source.index)]
        : [],
    )
    this.hooks = context.hooks
    this.dependencies = context.dependencies
    this.outputs = recording.outputs
    this.nest = recording.result
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
    if (this.device !== epoch.device) return false
    for (const { owner, read, value } of this.dependencies) if (read(owner) !== value) return false
    this.checkedEpoch = epoch.value
    return true
  }

  /** Compiles the program, where the device has arrived and it is not compiled yet. Says whether it can run now. */
  isBuilt(): boolean {
    if (this.bound !== undefined) return true
    if (!isReady()) return false
    this.build()
    return true
  }

  private build(): BoundProgram {
    if (this.bound !== undefined) return this.bound
    const backend = currentBackend()
    const { BoundProgram } = deviceCode()
    const bound = new BoundProgram(backend, this.graph)
    this.executables.add(bound.executable)
    return (this.bound = bound)
  }

  /** Runs the program on the leaves of the arguments; gives the values of the outputs, then those of watched tensors. */
  run(leaves: readonly unknown[]): HostArray[] {
    const { inputs, hooks } = this
    const bound = this.bound!
    this.takeNumbers(leaves)
    for (let i = 0; i < inputs.length; i++) {
      const tensor = leaves[inputs[i]!] as Tensor
      bound.give(i, tensor.values ?? tensor.hostValues())
    }
    for (let i = 0; i < hooks.length; i++) hooks[i]!()
    return bound.run()
  }

  /** `run` for a device that has not arrived: everything is read now, and the tensors get their values later. */
  runLater(leaves: readonly unknown[]): Tensor[] {
    this.takeNumbers(leaves)
    let bytes = 0
    const inputs = this.inputs.map((leaf) => {
      const given = (leaves[leaf] as Tensor).laterValues()
      if (typeof given === 'function') return given
      const copy = given.slice()
      bytes += copy.byteLength
      return () => copy
    })
    for (const hook of this.hooks) hook()
    const { sources, assignments } = this.graph
    const numbers = sources.map((source) => (source.kind === 'scalar' ? source.scalar.value : 0))
    for (const source of sources) if (source.kind === 'state') source.state.await()
    for (const { state } of assignments) state.await(true)
    const readers = assignments.map(({ state }) => state.takeReader())
    const results = this.outputs.map(({ shape, dtype }) => new Tensor(shape, dtype))
    const run = (): void => {
      for (const [i, { state }] of assignments.entries()) state.preserve(readers[i])
      const bound = this.build()
      for (const [i, values] of inputs.entries()) bound.give(i, values())
      const values = bound.runWith(numbers)
      for (const [i, result] of results.entries()) result.values = values[i]
    }
    const fail = (error: unknown): void => failTensors(results, error)
    enqueue(run, fail, bytes)
    return results
  }

  private takeNumbers(leaves: readonly unknown[]): void {
    const { parameters } = this
    for (let i = 0; i < parameters.length; i++) {
      const parameter = parameters[i]!
      if (parameter.kind === 'number') parameter.scalar.value = leaves[i] as number
    }
  }

  /** The outputs as the function returned them. */
  handles(values: readonly HostArray[]): unknown {
    return this.isSingle ? this.handle(values, 0) : this.result(this.tensors(values))
  }

  /** The tensors of a run: outputs, then watched tensors. */
  tensors(values: readonly HostArray[]): Tensor[] {
    return values.map((_, index) => this.handle(values, index))
  }

  /** Tensors of a run, put together as the function returned them. */
  result(tensors: readonly Tensor[]): unknown {
    return putTogether(this.nest, (index) => tensors[index])
  }

  /** The output or watched tensor with this number. */
  private handle(values: readonly HostArray[], index: number): Tensor {
    const { shape, dtype } = this.outputs[index]!
    return new Tensor(shape, dtype, undefined, values[index])
  }

  /** Names the watched tensors. */
  nameWatched(tensors: readonly Tensor[], into: Map<string, Tensor>): void {
    const first = this.outputs.length - this.watched.length
    for (const [i, name] of this.watched.entries()) into.set(name, tensors[first + i]!)
  }

  describe(): string {
    return this.bound?.executable.describe() ?? 'not compiled yet: await init() first'
  }

  free(): void {
    inOrder(() => {
      if (this.bound === undefined) return
      const { executable } = this.bound
      this.executables.delete(executable)
      executable.free()
    })
    for (const state of this.owned) state.free()
  }
}
