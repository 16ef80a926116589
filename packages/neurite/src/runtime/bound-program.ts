import type { Backend, BindingValue, Executable } from '../compiler/program.ts'
import type { HostArray, HostScalar } from '../graph/node.ts'
import { bindingValue, closeGraph } from './close-graph.ts'
import { epoch } from './epoch.ts'
import type { OpenGraph } from './open-graph.ts'
import type { State } from './state.ts'

/** A graph compiled for a backend, with everything that one call needs at hand. */
export class BoundProgram {
  readonly executable: Executable
  private readonly bindings: BindingValue[]
  /** Bindings of the inputs, in the order of the graph's sources. */
  private readonly inputs: readonly number[]
  private readonly scalars: readonly { readonly scalar: HostScalar; readonly binding: number }[]
  private readonly states: readonly { readonly state: State; readonly binding: number }[]
  private readonly written: readonly State[]
  /** When the addresses of states were looked up. */
  private epoch: number

  constructor(backend: Backend, graph: OpenGraph) {
    this.executable = backend.compile(closeGraph(graph))
    this.bindings = graph.sources.map(bindingValue)
    this.epoch = epoch.value
    const places = graph.sources.map((source, binding) => ({ source, binding }))
    this.inputs = places.flatMap(({ source, binding }) => (source.kind === 'input' ? [binding] : []))
    this.scalars = places.flatMap(({ source, binding }) =>
      source.kind === 'scalar' ? [{ scalar: source.scalar, binding }] : [],
    )
    this.states = places.flatMap(({ source, binding }) =>
      source.kind === 'state' ? [{ state: source.state, binding }] : [],
    )
    this.written = graph.assignments.map(({ state }) => state)
  }

  /** Gives an input its values for the next run. */
  give(input: number, values: HostArray): void {
    this.bindings[this.inputs[input]!] = values
  }

  /** Runs with the inputs given and the scalars of this moment; what depends on a state that is written is kept before. */
  run(): HostArray[] {
    const { bindings, scalars, written } = this
    if (this.epoch !== epoch.value) this.bindStates()
    for (let i = 0; i < scalars.length; i++) {
      const { scalar, binding } = scalars[i]!
      bindings[binding] = scalar.value
    }
    for (let i = 0; i < written.length; i++) written[i]!.beforeWrite()
    return this.executable.run(bindings)
  }

  /** Runs with scalars read before, one number for each source; what depends on states has been kept. */
  runWith(numbers: readonly number[]): HostArray[] {
    this.bindStates()
    for (const { binding } of this.scalars) this.bindings[binding] = numbers[binding]!
    return this.executable.run(this.bindings)
  }

  private bindStates(): void {
    for (const { state, binding } of this.states) this.bindings[binding] = state.storage()
    this.epoch = epoch.value
  }
}
