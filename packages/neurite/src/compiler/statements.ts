/**
 * From graph to statements. A statement computes one buffer; everything elementwise and every movement between two
 * buffers is folded into the expressions that read them.
 */
import type {
  Combiner,
  ConcatAttributes,
  ConstantAttributes,
  CumsumAttributes,
  ArgsortAttributes,
  IndexAttributes,
  IotaAttributes,
  Node,
  PermuteAttributes,
  ReduceAttributes,
  SliceAttributes,
  TensorType,
} from '../graph/node.ts'
import { elementCount, topologicalOrder } from '../graph/node.ts'
import { expressionCost } from './expression-cost.ts'
import { ExpressionPool, leavesOf } from './expression.ts'
import type { Buffer, BufferOrigin, Expression, Load } from './expression.ts'
import type { BindingAttributes, GraphProgram } from './program.ts'
import type { KernelStatement, MapStatement, Statement, Target } from './statement.ts'
import { contiguousView, expandView, isContiguous, permuteView, reshapeView, sliceView } from './view.ts'
import type { View } from './view.ts'

export interface StatementList {
  readonly statements: Statement[]
  /** Every buffer in use; its index is its id. */
  readonly buffers: Buffer[]
  /** One buffer per program output, contiguous. */
  readonly outputs: Buffer[]
}

/** The node behind a chain of views. */
function baseOf(node: Node): Node {
  let base = node
  while (base.operation.kind === 'view') base = base.inputs[0]!
  return base
}

export function buildStatements(program: GraphProgram): StatementList {
  return new StatementBuilder(program).run()
}

class StatementBuilder {
  private readonly program: GraphProgram
  private readonly pool = new ExpressionPool()
  private readonly statements: Statement[] = []
  private readonly buffers: Buffer[] = []
  private readonly expressions = new Map<Node, Expression>()
  private readonly bindings = new Map<number, Buffer>()
  private readonly fanOut = new Map<Node, number>()
  private readonly needed = new Set<Node>()

  constructor(program: GraphProgram) {
    this.program = program
  }

  run(): StatementList {
    const roots = [...this.program.outputs, ...this.program.assignments.map((assignment) => assignment.value)]
    const order = topologicalOrder(roots)
    this.countUses(order, roots)
    for (const node of order) this.expressions.set(node, this.expressionOf(node))
    const outputs = this.program.outputs.map((node) => this.outputBuffer(node))
    for (const { binding, value } of this.program.assignments) this.assign(binding, value)
    return { statements: this.statements, buffers: this.buffers, outputs }
  }

  private countUses(order: readonly Node[], roots: readonly Node[]): void {
    const users = (node: Node): number => this.fanOut.get(node) ?? 0
    for (const root of roots) {
      this.fanOut.set(root, users(root) + 1)
      this.needed.add(baseOf(root))
    }
    for (let i = order.length - 1; i >= 0; i--) {
      const node = order[i]!
      const uses = node.operation.kind === 'view' ? users(node) : 1
      for (const input of node.inputs) this.fanOut.set(input, users(input) + uses)
      const { kind } = node.operation
      if (kind === 'contract' || (kind === 'kernel' && node.operation.kernel !== 'concat')) {
        for (const input of node.inputs) this.needed.add(baseOf(input))
      }
    }
  }

  private newBuffer(type: TensorType, origin: BufferOrigin, label: string): Buffer {
    const buffer = { id: this.buffers.length, type, elements: elementCount(type.shape), origin, label }
    this.buffers.push(buffer)
    return buffer
  }

  private scratch(node: Node): Buffer {
    const label = node.label === undefined ? node.operation.name : `${node.label}: ${node.operation.name}`
    return this.newBuffer({ shape: node.shape, dtype: node.dtype }, { kind: 'scratch' }, label)
  }

  private bindingBuffer(index: number): Buffer {
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

  /** Stores an expression under a new buffer and gives a load of it. */
  private store(node: Node, value: Expression): Load {
    const buffer = this.scratch(node)
    this.statements.push({
      kind: 'map',
      shape: node.shape,
      value,
      target: { buffer, view: contiguousView(node.shape) },
      after: [],
    })
    return this.pool.load(buffer)
  }

  /** The expression of a node whose inputs are done; replaces it by a load where its value has to be in memory. */
  private materialised(node: Node): Load {
    const expression = this.expressions.get(node)!
    if (expression.kind === 'load') return expression
    const load = this.store(node, expression)
    this.expressions.set(node, load)
    return load
  }

  private expressionOf(node: Node): Expression {
    const { operation } = node
    switch (operation.kind) {
      case 'source':
        return this.sourceExpression(node)
      case 'map': {
        const inputs = node.inputs.map((input) => this.expressions.get(input)!)
        const value = this.pool.apply(operation.scalar, inputs, node.dtype)
        const shared = (this.fanOut.get(node) ?? 0) > 1 && expressionCost(value) > 3
        const single =
          elementCount(node.shape) === 1 &&
          leavesOf([value]).every((leaf) => leaf.kind === 'load' && leaf.buffer.elements === 1)
        return this.needed.has(node) || (shared && !(single && expressionCost(value) < 40))
          ? this.store(node, value)
          : value
      }
      case 'view':
        return this.viewExpression(node)
      case 'reduce':
        return this.reduceExpression(node, operation.combiner)
      case 'contract': {
        const buffer = this.scratch(node)
        const [a, b] = [this.materialised(node.inputs[0]!), this.materialised(node.inputs[1]!)]
        this.statements.push({ kind: 'contract', a, b, target: this.whole(buffer), after: [] })
        return this.pool.load(buffer)
      }
      case 'kernel':
        return operation.kernel === 'concat'
          ? this.concatExpression(node)
          : this.kernelExpression(node, operation.kernel)
      case 'composite':
        throw new Error(`compiler: composite ${operation.name} was not lowered`)
    }
  }

  private whole(buffer: Buffer): Target {
    return { buffer, view: contiguousView(buffer.type.shape) }
  }

  private sourceExpression(node: Node): Expression {
    const { name } = node.operation
    if (name === 'constant') {
      const { value } = node.attributes as ConstantAttributes
      return this.pool.constant(value, node.dtype, node.shape)
    }
    if (name === 'iota') {
      return this.pool.index(contiguousView([(node.attributes as IotaAttributes).length]))
    }
    if (name === 'binding') return this.pool.load(this.bindingBuffer((node.attributes as BindingAttributes).index))
    throw new Error(`compiler: source ${name} must be a binding by now`)
  }

  private viewExpression(node: Node): Expression {
    const input = node.inputs[0]!
    const change = viewChange(node)
    let value = this.expressions.get(input)!
    const grows = elementCount(node.shape) > elementCount(input.shape) && elementCount(input.shape) > 1
    if (grows && value.kind === 'apply' && expressionCost(value) > 2) value = this.materialised(input)
    return this.pool.move(value, node.shape, change) ?? this.moveCopy(node, input, change)
  }

  private moveCopy(node: Node, input: Node, change: (view: View) => View | undefined): Expression {
    // A reshape of something that is not contiguous: copy it once, then move the copy.
    const copy = this.store(input, this.expressions.get(input)!)
    this.expressions.set(input, copy)
    const moved = this.pool.move(copy, node.shape, change)
    if (!moved) throw new Error(`compiler: ${node.operation.name} of a contiguous buffer must be a view`)
    return moved
  }

  private reduceExpression(node: Node, combiner: Combiner): Expression {
    const input = node.inputs[0]!
    const buffer = this.scratch(node)
    this.statements.push({
      kind: 'reduce',
      combiner,
      shape: input.shape,
      axes: (node.attributes as ReduceAttributes).axes,
      value: this.expressions.get(input)!,
      target: this.whole(buffer),
      after: [],
    })
    return this.pool.load(buffer)
  }

  private concatExpression(node: Node): Expression {
    const { axis } = node.attributes as ConcatAttributes
    const buffer = this.scratch(node)
    const all = contiguousView(node.shape)
    let start = 0
    for (const input of node.inputs) {
      const first = node.shape.map((_, i) => (i === axis ? start : 0))
      const view = sliceView(all, { start: first, size: input.shape, step: node.shape.map(() => 1) })
      start += input.shape[axis]!
      if (elementCount(input.shape) === 0) continue
      const value = this.expressions.get(input)!
      this.statements.push({ kind: 'map', shape: input.shape, value, target: { buffer, view }, after: [] })
    }
    return this.pool.load(buffer)
  }

  private kernelExpression(node: Node, kind: KernelStatement['kind']): Expression {
    const buffer = this.scratch(node)
    const target = this.whole(buffer)
    const label = buffer.label
    const attributes = node.attributes as Partial<IndexAttributes & CumsumAttributes & ArgsortAttributes>
    const after: Statement[] = []
    let operands = node.inputs.map((input) => this.materialised(input))
    if (kind === 'scatterAdd') {
      const [base, ...rest] = operands
      const copy: MapStatement = { kind: 'map', shape: node.shape, value: base!, target, after: [] }
      this.statements.push(copy)
      after.push(copy)
      operands = rest
    }
    const axis = attributes.axis ?? node.shape.length - 1
    const descending = attributes.descending ?? false
    this.statements.push({ kind, operands, axis, descending, label, target, after })
    return this.pool.load(buffer)
  }

  /** Outputs are buffers of their own: contiguous, in scratch memory. */
  private outputBuffer(node: Node): Buffer {
    const expression = this.materialised(node)
    const { buffer, view } = expression
    const direct =
      buffer.origin.kind === 'scratch' && buffer.elements === elementCount(node.shape) && isContiguous(view)
    return direct ? buffer : this.store(node, expression).buffer
  }

  private assign(binding: number, node: Node): void {
    const state = this.program.bindings[binding]!
    const target = this.newBuffer(state.type, { kind: 'state', binding, written: true }, `state ${binding}`)
    let value = this.materialised(node)
    // Two states may take each other's values, and a state its own ones in another order: then the old value of an
    // assigned state goes through scratch memory.
    const { origin } = value.buffer
    const isAssigned = (index: number): boolean => this.program.assignments.some((other) => other.binding === index)
    const isItself = origin.kind === 'state' && origin.binding === binding && isContiguous(value.view)
    if (origin.kind === 'state' && !isItself && isAssigned(origin.binding)) value = this.store(node, value)
    // A copy; `resolveAssignments` lets the producer write into the state directly where that is safe.
    this.statements.push({
      kind: 'map',
      shape: node.shape,
      value,
      target: this.whole(target),
      after: [],
    })
  }
}

function viewChange(node: Node): (view: View) => View | undefined {
  const { operation, attributes, shape } = node
  if (operation.kind !== 'view') throw new Error('compiler: not a view')
  switch (operation.view) {
    case 'reshape':
      return (view) => reshapeView(view, shape)
    case 'permute': {
      const { order } = attributes as PermuteAttributes
      return (view) => permuteView(view, order)
    }
    case 'expand':
      return (view) => expandView(view, shape)
    case 'slice':
      return (view) => sliceView(view, attributes as SliceAttributes)
  }
}
