import { add } from '../../ops/add.ts'
import { permute } from '../../ops/permute.ts'
import { reshape } from '../../ops/reshape.ts'
import { sum } from '../../ops/sum.ts'
import type { Node, PermuteAttributes, ReduceAttributes, SliceAttributes } from '../node.ts'
import { createNode } from '../node.ts'
import type { ScanAttributes } from '../scan.ts'
import type { ForwardValues } from './scan-forward.ts'

/** What is known once the loops are made: the forward scan, and the outputs and totals of the backward one. */
export interface Loops {
  readonly extended: Node<ScanAttributes>
  readonly stacks: readonly Node[]
  readonly totals: readonly Node[]
}
export type Outside = (loops: Loops) => Node

/**
 * Sums of a value over all steps, computed after the loop from what the loop leaves behind: products become one product over
 * all steps. What has no such form is added up inside the loop.
 */
export class OutsideSums {
  /** Values of the backward body that become outputs. */
  readonly stacked: Node[] = []
  /** Values of the backward body that are added up step by step. */
  readonly accumulated: Node[] = []
  private readonly forward: ForwardValues
  private readonly steps: number

  constructor(forward: ForwardValues, steps: number) {
    this.forward = forward
    this.steps = steps
  }

  /** The value of every step: [steps, ...]. */
  stack(value: Node): Outside {
    const { forward } = this
    if (value.operation.kind === 'view' && !this.stacked.includes(value)) {
      const moved = this.moveStack(value)
      if (moved !== undefined) return moved
    }
    if (forward.has(value)) {
      const build = forward.stack(value)
      return ({ extended }) => build(extended)
    }
    const known = this.stacked.indexOf(value)
    const place = known >= 0 ? known : this.stacked.push(value) - 1
    return ({ stacks }) => stacks[place]!
  }

  /** The same movement on the stack of what is moved. */
  private moveStack(value: Node): Outside | undefined {
    const { operation, attributes } = value
    if (operation.kind !== 'view' || !['reshape', 'permute', 'slice'].includes(operation.view)) return undefined
    const input = this.stack(value.inputs[0]!)
    const shape = [this.steps, ...value.shape]
    switch (operation.view) {
      case 'reshape':
        return (loops) => reshape(input(loops), shape)
      case 'permute': {
        const order = [0, ...(attributes as PermuteAttributes).order.map((axis) => axis + 1)]
        return (loops) => permute(input(loops), order)
      }
      case 'slice': {
        const { start, size, step } = attributes as SliceAttributes
        const all = { start: [0, ...start], size: [this.steps, ...size], step: [1, ...step] }
        return (loops) => createNode(operation, [input(loops)], all)
      }
      default:
        return undefined
    }
  }

  /** The sum over all steps. */
  total(value: Node): Outside {
    const { operation, inputs, attributes } = value
    if (this.stacked.includes(value)) {
      const stack = this.stack(value)
      return (loops) => sum(stack(loops), { axes: 0 })
    }
    if (operation.name === 'add') {
      const [a, b] = inputs.map((input) => this.total(input)) as [Outside, Outside]
      return (loops) => add(a(loops), b(loops))
    }
    if (operation.kind === 'view' || operation.name === 'place') {
      const parts = inputs.map((input) => this.total(input))
      return (loops) =>
        createNode(
          operation,
          parts.map((part) => part(loops)),
          attributes,
        )
    }
    if (operation.name === 'matmul') return this.product(value)
    if (operation.name === 'sum') {
      const stack = this.stack(inputs[0]!)
      const axes = [0, ...(attributes as ReduceAttributes).axes.map((axis) => axis + 1)]
      return (loops) => reshape(sum(stack(loops), { axes }), value.shape)
    }
    const place = this.accumulated.push(value) - 1
    return ({ totals }) => totals[place]!
  }

  /** The sum over t of A_t B_t is the product of all A side by side with all B one below the other. */
  private product({ operation, inputs, attributes, shape }: Node): Outside {
    const [a, b] = inputs as [Node, Node]
    const { forward, steps } = this
    if (forward.isConstant(a) || forward.isConstant(b)) {
      const parts = inputs.map((input) => (forward.isConstant(input) ? this.constant(input) : this.total(input)))
      return (loops) =>
        createNode(
          operation,
          parts.map((part) => part(loops)),
          attributes,
        )
    }
    const [left, right] = [this.stack(a), this.stack(b)]
    const rank = shape.length
    const batch = Array.from({ length: rank - 2 }, (_, axis) => axis + 1)
    const [rows, depth] = a.shape.slice(-2) as [number, number]
    const columns = shape[rank - 1]!
    return (loops) => {
      const wide = reshape(permute(left(loops), [...batch, rank - 1, 0, rank]), [
        ...shape.slice(0, -2),
        rows,
        steps * depth,
      ])
      const tall = reshape(permute(right(loops), [...batch, 0, rank - 1, rank]), [
        ...shape.slice(0, -2),
        steps * depth,
        columns,
      ])
      return createNode(operation, [wide, tall], attributes)
    }
  }

  /** A value that is the same in every step, outside. */
  private constant(value: Node): Outside {
    const inside = this.forward.constants().get(value)
    if (inside !== undefined) return () => inside
    if (value.inputs.length === 0) return () => value
    const build = this.constant(value.inputs[0]!)
    return (loops) => createNode(value.operation, [build(loops)], value.attributes)
  }
}
