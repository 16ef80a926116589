import { cast } from '../../ops/cast.ts'
import { expand } from '../../ops/expand.ts'
import { reshape } from '../../ops/reshape.ts'
import { scanResult } from '../../ops/scan-result.ts'
import type { Node, ScalarFunction } from '../node.ts'
import { createNode, topologicalOrder } from '../node.ts'
import type { ScanAttributes } from '../scan.ts'
import { scanInputs, Subgraph } from '../scan.ts'

/** Computed again in the backward pass rather than saved, where what they are computed from is there. */
const CHEAP: ReadonlySet<ScalarFunction> = new Set<ScalarFunction>([
  ...(['add', 'sub', 'mul', 'maximum', 'minimum', 'neg', 'abs', 'sign', 'where', 'cast'] as const),
  ...(['equal', 'notEqual', 'less', 'lessEqual', 'greater', 'greaterEqual'] as const),
  ...(['logicalAnd', 'logicalOr', 'logicalNot'] as const),
])

/** A value of every step, [steps, ...], once the forward scan with all its outputs is known. */
export type Stack = (forward: Node<ScanAttributes>) => Node

/** What the backward pass takes from the forward pass, and how it gets it. */
export class ForwardValues {
  private readonly node: Node<ScanAttributes>
  private readonly order: readonly Node[]
  private readonly inside: ReadonlySet<Node>
  private readonly parameters: ReadonlyMap<Node, number>
  /** Values with a slot for every step: by their place among the results. */
  private readonly results = new Map<Node, number>()
  private readonly outputs: Node[]
  private usedNodes: Node[] = []
  private whole: Node<ScanAttributes> | undefined

  constructor(node: Node<ScanAttributes>) {
    this.node = node
    const { body } = node.attributes
    this.order = topologicalOrder(body.results)
    this.inside = new Set([...this.order, ...body.parameters])
    this.parameters = new Map(body.parameters.map((parameter, i) => [parameter, i]))
    this.outputs = [...body.results]
    body.results.forEach((result, i) => {
      if (!this.results.has(result)) this.results.set(result, i)
    })
  }

  has(node: Node): boolean {
    return this.inside.has(node)
  }

  /** Whether the value is the same in every step. */
  isConstant(node: Node): boolean {
    if (node.operation.kind === 'view') return this.isConstant(node.inputs[0]!)
    if (this.isInvariant(node)) return true
    return node.operation.kind === 'source' && node.operation.name !== 'stepValue'
  }

  private isInvariant(node: Node): boolean {
    const { carries, sequences } = this.node.attributes
    return (this.parameters.get(node) ?? -1) >= carries + sequences
  }

  /** Invariants by what they are outside. */
  constants(): Map<Node, Node> {
    const { body, carries, sequences } = this.node.attributes
    const { invariants } = scanInputs(this.node)
    return new Map(invariants.map((outside, i) => [body.parameters[carries + sequences + i]!, outside]))
  }

  private save(node: Node): void {
    if (!this.results.has(node)) this.results.set(node, this.outputs.push(cast(node, 'float32')) - 1)
  }

  private isStored(node: Node): boolean {
    return this.parameters.has(node) || this.results.has(node)
  }

  private isAvailable(node: Node): boolean {
    const { operation, inputs } = node
    if (this.isStored(node) || operation.kind === 'source') return true
    if (operation.kind !== 'view' && !isScan(node) && !isCheap(node)) return false
    return inputs.every((input) => this.isAvailable(input))
  }

  /** The value in every step; forward values that are not there yet are saved. */
  stack(node: Node): Stack {
    const place = this.parameters.get(node)
    if (place === undefined) {
      this.save(node)
      return (forward) => cast(this.resultStack(forward, this.results.get(node)!), node.dtype)
    }
    return (forward) => this.parameterStack(forward, place)
  }

  private resultStack(forward: Node<ScanAttributes>, result: number): Node {
    return scanResult(forward, result, result < forward.attributes.carries ? 'after' : 'each')
  }

  private parameterStack(forward: Node<ScanAttributes>, place: number): Node {
    const { carries, sequences, steps } = forward.attributes
    if (place < carries) return scanResult(forward, place, 'before')
    const outside = forward.inputs[place]!
    if (place < carries + sequences) return outside
    return expand(reshape(outside, [1, ...outside.shape]), [steps, ...outside.shape])
  }

  /** Decides what is saved for the given nodes of the backward body; to be called once, before `extended` and `used`. */
  need(roots: readonly Node[]): void {
    const wanted = new Set<Node>()
    const collect = (node: Node): void => {
      if (this.isStored(node) || node.operation.kind === 'source') return
      const passes = node.operation.kind === 'view' || isScan(node) || (node.dtype !== 'float32' && isCheap(node))
      if (passes) node.inputs.forEach(collect)
      else wanted.add(node)
    }
    this.enter(roots, collect)
    const sorted = this.order.filter((node) => wanted.has(node))
    for (const node of sorted) if (!isCheap(node)) this.save(node)
    for (const node of sorted) if (!this.isAvailable(node)) this.save(node)
    const used = new Set<Node>()
    const use = (node: Node): void => {
      if (this.isInvariant(node)) return
      if (this.isStored(node)) used.add(node)
      else node.inputs.forEach(use)
    }
    this.enter(roots, use)
    this.usedNodes = [...used]
  }

  /** Calls `visit` for each forward value that the backward nodes behind `roots` read. */
  private enter(roots: readonly Node[], visit: (node: Node) => void): void {
    const seen = new Set<Node>()
    const stack = [...roots]
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (seen.has(node)) continue
      seen.add(node)
      if (this.inside.has(node)) visit(node)
      else stack.push(...node.inputs)
    }
  }

  /** The forward scan with everything that is saved; the compiler makes one loop of it and the original one. */
  extended(): Node<ScanAttributes> {
    const { node, outputs } = this
    const { body } = node.attributes
    if (outputs.length === body.results.length) return (this.whole = node)
    const attributes = { ...node.attributes, body: new Subgraph(body.parameters, outputs) }
    return (this.whole = createNode(node.operation, node.inputs, attributes))
  }

  /** Each forward value that the backward body reads, with its stack. */
  used(): [inside: Node, stack: Node][] {
    return this.usedNodes.map((node) => {
      const place = this.parameters.get(node)
      if (place !== undefined) return [node, this.parameterStack(this.whole!, place)]
      return [node, this.resultStack(this.whole!, this.results.get(node)!)]
    })
  }
}

const isCheap = ({ operation }: Node): boolean => operation.kind === 'map' && CHEAP.has(operation.scalar)

/** A loop inside the body runs again in the backward pass: its value is no single tensor that could be saved. */
const isScan = ({ operation }: Node): boolean => operation.name === 'scan'
