/**
 * From graph to statements. A statement computes one buffer; everything elementwise and every movement between two
 * buffers is folded into the expressions that read them.
 */
import type {
  Combiner,
  ConcatAttributes,
  ConstantAttributes,
  ContractionAttributes,
  CumsumAttributes,
  ArgsortAttributes,
  IndexAttributes,
  IotaAttributes,
  Node,
  PlaceAttributes,
  ReduceAttributes,
} from '../graph/node.ts'
import { elementCount, topologicalOrder } from '../graph/node.ts'
import type { ScanAttributes, ScanResultAttributes } from '../graph/scan.ts'
import { scanRegions } from '../graph/scan.ts'
import { inverseOrder, isArranged } from './arrangement.ts'
import { expressionCost } from './expression-cost.ts'
import { leavesOf } from './expression.ts'
import type { Buffer, Expression, Load } from './expression.ts'
import type { BindingAttributes, GraphProgram } from './program.ts'
import { uncovered } from './place-parts.ts'
import { StatementStore } from './statement-store.ts'
import type { KernelStatement, MapStatement, Statement } from './statement.ts'
import { viewChange } from './view-change.ts'
import { contiguousView, isContiguous, isRowMajor, permuteView, sliceView } from './view.ts'
import type { View } from './view.ts'

export interface StatementList {
  readonly statements: Statement[]
  /** Every buffer in use; its index is its id. */
  readonly buffers: Buffer[]
  /** One buffer per program output, contiguous. */
  readonly outputs: Buffer[]
}

/** `views` say how bindings lie in memory where they are not row-major. */
export function buildStatements(program: GraphProgram, views?: ReadonlyMap<number, View>): StatementList {
  return new StatementBuilder(program, views).run()
}

class StatementBuilder extends StatementStore {
  run(): StatementList {
    const roots = [...this.program.outputs, ...this.program.assignments.map((assignment) => assignment.value)]
    const order = topologicalOrder(roots)
    this.countUses(order, roots)
    for (const node of order) this.expressions.set(node, this.expressionOf(node))
    const outputs = this.program.outputs.map((node) => this.outputBuffer(node))
    for (const { binding, value } of this.program.assignments) this.assign(binding, value)
    return { statements: this.statements, buffers: this.buffers, outputs }
  }

  /** The expression of a node whose inputs are done; replaces it by a load where its value has to be in memory. */
  private materialised(node: Node): Load {
    const expression = this.expressions.get(node)!
    if (expression.kind === 'load') return expression
    const load = this.store(node, expression, this.orderFor(node, [expression]))
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
        const shared = (this.fanOut.get(node) ?? 0) > 1.001 && expressionCost(value) > 3
        const single =
          elementCount(node.shape) === 1 &&
          leavesOf([value]).every((leaf) => leaf.kind === 'load' && leaf.buffer.elements === 1)
        return this.needed.has(node) || (shared && !(single && expressionCost(value) < 40))
          ? this.store(node, value, this.orderFor(node, [value]))
          : value
      }
      case 'view':
        return this.viewExpression(node)
      case 'reduce':
        return this.reduceExpression(node, operation.combiner)
      case 'contract': {
        const { rows = 1, depth = 1 } = node.attributes as Partial<ContractionAttributes>
        const buffer = this.scratch(node, node.shape, rows + depth > 2)
        let a = this.materialised(node.inputs[0]!)
        const b = this.materialised(node.inputs[1]!)
        // Kernels with several loops walk forwards only.
        if (rows + depth > 2 && a.view.strides.some((stride) => stride < 0)) a = this.store(node.inputs[0]!, a)
        const statement: Statement = { kind: 'contract', a, b, rows, depth, target: this.whole(buffer), after: [] }
        this.contractions.set(buffer, statement)
        this.statements.push(statement)
        return this.pool.load(buffer)
      }
      case 'kernel':
        switch (operation.kernel) {
          case 'concat':
            return this.concatExpression(node)
          case 'place':
            return this.placeExpression(node)
          case 'contiguous': {
            const value = this.expressions.get(node.inputs[0]!)!
            return value.kind === 'load' && isRowMajor(value.view) ? value : this.store(node, value)
          }
          case 'scan':
            return this.scanExpression(node as Node<ScanAttributes>)
          case 'scanResult': {
            const { offset, shape } = node.attributes as ScanResultAttributes
            return this.pool.load(this.materialised(node.inputs[0]!).buffer, { ...contiguousView(shape), offset })
          }
          case 'scanGradient':
            throw new Error('compiler: gradients of a scan belong to its derivative')
          default:
            return this.kernelExpression(node, operation.kernel)
        }
      case 'composite':
        throw new Error(`compiler: composite ${operation.name} was not lowered`)
    }
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
    if (name === 'binding') {
      const { index } = node.attributes as BindingAttributes
      return this.pool.load(this.bindingBuffer(index), this.views?.get(index))
    }
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
    const value = this.expressions.get(input)!
    const order = value.kind === 'load' ? undefined : this.orderFor(input, [value])
    const copy = this.rearrangedProduct(node, input, value) ?? this.store(input, value, order)
    this.expressions.set(input, copy)
    const moved = this.pool.move(copy, node.shape, change)
    if (!moved && order) return this.moveCopy(node, input, change)
    if (!moved) throw new Error(`compiler: ${node.operation.name} of a contiguous buffer must be a view`)
    return moved
  }

  private reduceExpression(node: Node, combiner: Combiner): Expression {
    const input = node.inputs[0]!
    const { axes } = node.attributes as ReduceAttributes
    const value = this.expressions.get(input)!
    const order = this.orderFor(node, [value])
    if (!order) {
      const target = this.whole(this.scratch(node))
      this.statements.push({ kind: 'reduce', combiner, shape: input.shape, axes, value, target, after: [] })
      return this.pool.load(target.buffer)
    }
    const shape = order.map((axis) => input.shape[axis]!)
    const target = this.whole(
      this.scratch(
        node,
        order.map((axis) => node.shape[axis]!),
        true,
      ),
    )
    const moved = axes.map((axis) => order.indexOf(axis)).sort((a, b) => a - b)
    const permuted = this.permuted(value, shape, order)
    this.statements.push({ kind: 'reduce', combiner, shape, axes: moved, value: permuted, target, after: [] })
    return this.pool.load(target.buffer, permuteView(target.view, inverseOrder(order)))
  }

  private concatExpression(node: Node): Expression {
    const { axis } = node.attributes as ConcatAttributes
    let next = 0
    const start = node.inputs.map((input) => {
      const first = node.shape.map((_, i) => (i === axis ? next : 0))
      next += input.shape[axis]!
      return first
    })
    const step = node.inputs.map(() => node.shape.map(() => 1))
    return this.placeParts(node, { shape: node.shape, value: 0, start, step })
  }

  private placeExpression(node: Node): Expression {
    return this.placeParts(node, node.attributes as PlaceAttributes)
  }

  private placeParts(node: Node, { value: filling, start, step }: PlaceAttributes): Expression {
    const values = node.inputs.map((input) => this.expressions.get(input)!)
    const order = this.orderFor(node, values) ?? [...node.shape.keys()]
    const arrange = (numbers: readonly number[]): number[] => order.map((axis) => numbers[axis]!)
    const shape = arrange(node.shape)
    const buffer = this.scratch(node, shape, isArranged(values))
    const all = contiguousView(shape)
    const places = node.inputs.map((input, i) => ({
      start: arrange(start[i]!),
      size: arrange(input.shape),
      step: arrange(step[i]!),
    }))
    const { slices, everything } = uncovered(shape, places)
    const fillings = slices.map((slice): MapStatement => {
      const value = this.pool.constant(filling, node.dtype, slice.size)
      return { kind: 'map', shape: slice.size, value, target: { buffer, view: sliceView(all, slice) }, after: [] }
    })
    this.statements.push(...fillings)
    const after = everything ? fillings : []
    for (const [i, input] of node.inputs.entries()) {
      if (elementCount(input.shape) === 0) continue
      const view = sliceView(all, places[i]!)
      const value = this.permuted(values[i]!, places[i]!.size, order)
      const product = this.soleContraction(input, value, view)
      if (product) {
        product.statement.target = { buffer, view: product.view }
        product.statement.after.push(...after)
      } else {
        const target = { buffer, view }
        this.statements.push({ kind: 'map', shape: places[i]!.size, value, target, after: [...after] })
      }
    }
    return this.pool.load(buffer, permuteView(all, inverseOrder(order)))
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

  private scanExpression(node: Node<ScanAttributes>): Expression {
    const { attributes } = node
    const { carries, steps, reverse, stacked } = attributes
    const buffer = this.scratch(node)
    const { regions } = scanRegions(attributes)
    const after = node.inputs.slice(0, carries).flatMap((input, i): MapStatement[] => {
      const { shape, offset: first, slot } = regions[i]!
      if (slot === 0) return []
      const offset = first + (reverse && stacked[i]! ? steps * slot : 0)
      const target = { buffer, view: { ...contiguousView(shape), offset } }
      return [{ kind: 'map', shape, value: this.expressions.get(input)!, target, after: [] }]
    })
    const operands = node.inputs.slice(carries).map((input) => this.materialised(input))
    const target = this.whole(buffer)
    this.statements.push(...after, { kind: 'scan', attributes, operands, target, after: [...after], plan: undefined })
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
