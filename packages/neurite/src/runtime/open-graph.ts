/** Finds the leaves of a graph, where its values come from, and its structure, which becomes a key. */
import { StateError } from '../errors.ts'
import type { BindingDeclaration } from '../compiler/program.ts'
import type {
  ConstantAttributes,
  DType,
  HostArray,
  HostScalar,
  InputAttributes,
  Node,
  ScalarAttributes,
  Shape,
  StateAttributes,
} from '../graph/node.ts'
import type { State } from './state.ts'
import { attributeKey } from './structure-key.ts'
import { knownValues } from './values.ts'

/** Where the value of a binding comes from. */
export type Source =
  | { readonly kind: 'data'; readonly values: HostArray }
  | { readonly kind: 'scalar'; readonly scalar: HostScalar }
  | { readonly kind: 'state'; readonly state: State }
  | { readonly kind: 'input'; readonly index: number }

export interface Assignment {
  readonly state: State
  readonly value: Node
}

/** A graph whose leaves are known. */
export interface OpenGraph {
  readonly outputs: readonly Node[]
  readonly assignments: readonly Assignment[]
  /** Inputs before users; leaves included. */
  readonly order: readonly Node[]
  readonly leaves: ReadonlyMap<Node, number>
  readonly sources: readonly Source[]
  readonly declarations: readonly BindingDeclaration[]
  /** Equal for graphs that one program serves; constants are not part of it. */
  readonly structure: string
  /** The values of the constants, in order. */
  readonly constants: readonly number[]
}

class Collector {
  readonly order: Node[] = []
  readonly leaves = new Map<Node, number>()
  readonly sources: Source[] = []
  readonly declarations: BindingDeclaration[] = []
  readonly constants: number[] = []
  readonly places = new Map<Node, number>()
  readonly parts: string[] = []
  private readonly bySource = new Map<unknown, number>()

  /** The binding of a source; the same source is bound once. */
  bind(identity: unknown, source: Source, shape: Shape, dtype: DType): number {
    const before = this.bySource.get(identity)
    if (before !== undefined) return before
    const index = this.sources.length
    this.bySource.set(identity, index)
    this.sources.push(source)
    const kind = source.kind === 'input' ? 'data' : source.kind
    this.declarations.push({ kind, type: { shape, dtype } })
    return index
  }

  leaf(node: Node, liftConstants: boolean): number | undefined {
    const { shape, dtype } = node
    const values = knownValues(node)
    // The same array may be seen through different shapes.
    if (values !== undefined) return this.bind(node, { kind: 'data', values }, shape, dtype)
    if (node.operation.kind !== 'source') return undefined
    switch (node.operation.name) {
      case 'state': {
        const state = (node as Node<StateAttributes>).attributes.state as State
        return this.bind(state, { kind: 'state', state }, shape, dtype)
      }
      case 'scalar': {
        const { scalar } = (node as Node<ScalarAttributes>).attributes
        return this.bind(node, { kind: 'scalar', scalar }, shape, dtype)
      }
      case 'input': {
        const { index } = (node as Node<InputAttributes>).attributes
        return this.bind(node, { kind: 'input', index }, shape, dtype)
      }
      case 'constant': {
        const { value } = (node as Node<ConstantAttributes>).attributes
        if (!liftConstants || (dtype !== 'float32' && dtype !== 'int32')) return undefined
        return this.bind(node, { kind: 'scalar', scalar: { value } }, shape, dtype)
      }
      case 'stepValue':
        throw new StateError({
          what: 'a value is read inside the body of a scan, where nothing is computed yet',
          expected: 'a body that only records operations',
          fix: 'return the tensor from the body and read it after the loop',
        })
      default:
        return undefined
    }
  }

  visit(node: Node, liftConstants: boolean): void {
    this.places.set(node, this.order.length)
    this.order.push(node)
    const index = this.leaf(node, liftConstants)
    if (index !== undefined) {
      this.leaves.set(node, index)
      this.parts.push(`#${index}${this.declarations[index]!.kind}${node.dtype}[${node.shape.join()}]`)
    } else if (node.operation.name === 'constant') {
      this.constants.push((node as Node<ConstantAttributes>).attributes.value)
      this.parts.push(`constant${node.dtype}`)
    } else {
      let part = node.operation.name + attributeKey(node.attributes)
      for (const input of node.inputs) part += `,${this.places.get(input)}`
      this.parts.push(part)
    }
  }

  /** Visits what `root` needs and was not visited yet, inputs first, without recursion. */
  walk(root: Node, liftConstants: boolean): void {
    if (this.places.has(root)) return
    const stack = [root]
    while (stack.length > 0) {
      const node = stack[stack.length - 1]!
      if (this.places.has(node)) {
        stack.pop()
        continue
      }
      const before = stack.length
      if (knownValues(node) === undefined) {
        for (let i = node.inputs.length - 1; i >= 0; i--) {
          const input = node.inputs[i]!
          if (!this.places.has(input)) stack.push(input)
        }
      }
      if (stack.length === before) {
        stack.pop()
        this.visit(node, liftConstants)
      }
    }
  }
}

/** Finds the leaves of a graph and its structure; nodes whose values are known count as leaves. */
export function openGraph(
  outputs: readonly Node[],
  assignments: readonly Assignment[],
  liftConstants = false,
): OpenGraph {
  const collector = new Collector()
  for (const output of outputs) collector.walk(output, liftConstants)
  for (const { value } of assignments) collector.walk(value, liftConstants)
  const targets = assignments.map(({ state }) =>
    collector.bind(state, { kind: 'state', state }, state.shape, state.dtype),
  )
  const { order, leaves, sources, declarations, constants, parts, places } = collector
  const roots = outputs.map((node) => places.get(node)!).join()
  const writes = assignments.map(({ value }, i) => `${targets[i]!}=${places.get(value)!}`).join()
  const types = assignments.map(({ state }) => `${state.dtype}[${state.shape.join()}]`).join()
  const structure = `${parts.join(';')}>${roots}>${writes}>${types}${liftConstants ? 'lifted' : ''}`
  return { outputs, assignments, order, leaves, sources, declarations, structure, constants }
}
