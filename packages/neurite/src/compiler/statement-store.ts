/** The buffers and statements of a program while it is built, and how often its nodes are used. */
import type { Node, TensorType } from '../graph/node.ts'
import { elementCount } from '../graph/node.ts'
import type { ScanAttributes } from '../graph/scan.ts'
import { arrangementOf, inverseOrder, isArranged, rearranged } from './arrangement.ts'
import { ExpressionPool } from './expression.ts'
import type { Buffer, BufferOrigin, Expression, Load } from './expression.ts'
import type { GraphProgram } from './program.ts'
import type { ContractStatement, Statement, Target } from './statement.ts'
import { contiguousView, permuteView } from './view.ts'
import type { View } from './view.ts'

/** The node behind a chain of views. */
function baseOf(node: Node): Node {
  let base = node
  while (base.operation.kind === 'view') base = base.inputs[0]!
  return base
}

/** Kernels that take any expression; the others read buffers. */
const takesExpressions: ReadonlySet<string> = new Set(['concat', 'place', 'contiguous'])

export abstract class StatementStore {
  protected readonly program: GraphProgram
  protected readonly views: ReadonlyMap<number, View> | undefined
  protected readonly pool = new ExpressionPool()
  protected readonly statements: Statement[] = []
  protected readonly buffers: Buffer[] = []
  protected readonly expressions = new Map<Node, Expression>()
  protected readonly bindings = new Map<number, Buffer>()
  protected readonly fanOut = new Map<Node, number>()
  protected readonly needed = new Set<Node>()
  /** Nodes that leave the program, whose values lie row-major. */
  protected readonly leaving = new Set<Node>()
  protected readonly contractions = new Map<Buffer, ContractStatement>()

  constructor(program: GraphProgram, views?: ReadonlyMap<number, View>) {
    this.program = program
    this.views = views
  }

  protected countUses(order: readonly Node[], roots: readonly Node[]): void {
    const users = (node: Node): number => this.fanOut.get(node) ?? 0
    for (const root of roots) {
      this.fanOut.set(root, users(root) + 1)
      this.needed.add(baseOf(root))
      this.leaving.add(baseOf(root))
    }
    for (let i = order.length - 1; i >= 0; i--) {
      const node = order[i]!
      const uses = node.operation.kind === 'view' ? users(node) : 1
      for (const input of node.inputs) {
        // Slices of a value that do not overlap use it once, all together.
        const part = Math.min(1, elementCount(node.shape) / elementCount(input.shape)) || 1
        this.fanOut.set(input, users(input) + (node.operation.kind === 'view' ? uses * part : uses))
      }
      const { kind } = node.operation
      if (kind === 'contract' || (kind === 'kernel' && !takesExpressions.has(node.operation.kernel))) {
        // The initial carries of a scan are copied into its result.
        const first = node.operation.name === 'scan' ? (node.attributes as ScanAttributes).carries : 0
        for (const input of node.inputs.slice(first)) this.needed.add(baseOf(input))
      }
    }
  }

  protected newBuffer(type: TensorType, origin: BufferOrigin, label: string, arranged = false): Buffer {
    const buffer = { id: this.buffers.length, type, elements: elementCount(type.shape), origin, label, arranged }
    this.buffers.push(buffer)
    return buffer
  }

  protected scratch(node: Node, shape = node.shape, arranged = false): Buffer {
    const label = node.label === undefined ? node.operation.name : `${node.label}: ${node.operation.name}`
    return this.newBuffer({ shape, dtype: node.dtype }, { kind: 'scratch' }, label, arranged)
  }

  protected bindingBuffer(index: number): Buffer {
    let buffer = this.bindings.get(index)
    if (!buffer) {
      const { kind, type } = this.program.bindings[index]!
      const origin: BufferOrigin =
        kind === 'state' ? { kind: 'state', binding: index, written: false } : { kind: 'host', binding: index }
      buffer = this.newBuffer(type, origin, `${kind} ${index}`)
      this.bindings.set(index, buffer)
    }
    return buffer
  }

  /** Stores an expression under a new buffer and gives a load of it. `order` names the axes as they shall lie in memory. */
  protected store(node: Node, value: Expression, order?: readonly number[]): Load {
    if (!order) {
      const target = this.whole(this.scratch(node, node.shape, isArranged([value])))
      this.statements.push({ kind: 'map', shape: node.shape, value, target, after: [] })
      return this.pool.load(target.buffer)
    }
    const shape = order.map((axis) => node.shape[axis]!)
    const target = this.whole(this.scratch(node, shape, true))
    this.statements.push({ kind: 'map', shape, value: this.permuted(value, shape, order), target, after: [] })
    return this.pool.load(target.buffer, permuteView(target.view, inverseOrder(order)))
  }

  protected permuted(value: Expression, shape: readonly number[], order: readonly number[]): Expression {
    return this.pool.move(value, shape, (view) => permuteView(view, order))!
  }

  protected whole(buffer: Buffer): Target {
    return { buffer, view: contiguousView(buffer.type.shape) }
  }

  /** The order that fits what the value is computed from; what leaves the program is row-major. */
  protected orderFor(node: Node, values: readonly Expression[]): readonly number[] | undefined {
    return this.leaving.has(node) ? undefined : arrangementOf(node.shape, values)
  }

  /**
   * The contraction that computes all of `value`, if nothing reads it beside the `uses` of `node`, and the view through which it
   * can write straight to `place`.
   */
  protected soleContraction(node: Node, value: Expression, place: View, uses = 1) {
    if (value.kind !== 'load') return undefined
    const statement = this.contractions.get(value.buffer)
    const own = [node, baseOf(node)].every((read) => this.fanOut.get(read) === uses)
    if (!own || !statement || elementCount(value.view.shape) !== value.buffer.elements) return undefined
    const view = rearranged(statement.target.view, value.view, place)
    return view?.strides.at(-1) === 1 ? { statement, view } : undefined
  }

  /** `input` row-major, if only the view `node` reads it and a contraction can write it so: no copy is needed then. */
  protected rearrangedProduct(node: Node, input: Node, value: Expression): Load | undefined {
    const product = this.soleContraction(input, value, contiguousView(input.shape), this.fanOut.get(node))
    if (!product) return undefined
    const buffer = this.scratch(input)
    product.statement.target = { buffer, view: product.view }
    this.contractions.set(buffer, product.statement)
    return this.pool.load(buffer)
  }
}
