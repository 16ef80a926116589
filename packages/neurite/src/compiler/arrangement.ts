/**
 * The order in which a buffer's dimensions lie in memory. Kernels of convolutions want channels last; what is computed from
 * their results elementwise keeps their order, so that a whole network runs in it without a pass of its own.
 */
import type { Shape } from '../graph/node.ts'
import { leavesOf } from './expression.ts'
import type { Expression, Load } from './expression.ts'
import { isContiguous, permuteView, reshapeView } from './view.ts'
import type { View } from './view.ts'

/** Axes from the outermost to the innermost in memory; axes that do not move follow the one that stands before them. */
export function memoryOrder({ shape, strides }: View): number[] {
  const moves = (axis: number): boolean => shape[axis]! > 1 && strides[axis] !== 0
  const axes = [...shape.keys()]
  const moving = axes.filter(moves).sort((a, b) => Math.abs(strides[b]!) - Math.abs(strides[a]!))
  const order = [...moving]
  for (const axis of axes) {
    if (moves(axis)) continue
    order.splice(axis === 0 ? 0 : order.indexOf(axis - 1) + 1, 0, axis)
  }
  return order
}

/** The order that the largest arranged operand suggests, or undefined for row-major. */
export function arrangementOf(shape: Shape, values: readonly Expression[]): number[] | undefined {
  let largest: Load | undefined
  for (const leaf of leavesOf(values)) {
    if (leaf.kind !== 'load' || leaf.buffer.arranged !== true || leaf.view.shape.length !== shape.length) continue
    if (largest === undefined || leaf.buffer.elements > largest.buffer.elements) largest = leaf
  }
  if (largest === undefined) return undefined
  const order = memoryOrder(largest.view)
  return order.every((axis, i) => axis === i) ? undefined : order
}

/** Whether an operand is arranged: then so is what is computed from it. */
export function isArranged(values: readonly Expression[]): boolean {
  return leavesOf(values).some((leaf) => leaf.kind === 'load' && leaf.buffer.arranged === true)
}

export function inverseOrder(order: readonly number[]): number[] {
  const inverse = new Array<number>(order.length)
  for (const [position, axis] of order.entries()) inverse[axis] = position
  return inverse
}

/**
 * What is written through `written` and read through `read`, both over all of one buffer, shall lie at `place` (of the shape of
 * `read`): the view to write through, or undefined where no strides say it.
 */
export function rearranged(written: View, read: View, place: View): View | undefined {
  const [from, to] = [memoryOrder(written), memoryOrder(read)]
  if (!isContiguous(permuteView(written, from)) || !isContiguous(permuteView(read, to))) return undefined
  const shape = from.map((axis) => written.shape[axis]!)
  const moved = reshapeView(permuteView(place, to), shape)
  return moved && permuteView(moved, inverseOrder(from))
}
