import type { CompositeOperation, Node } from '../../graph/node.ts'
import { createNode } from '../../graph/node.ts'
import { reshape } from '../reshape.ts'
import { normaliseAxis } from './axes.ts'
import { toArithmetic } from './broadcast.ts'
import { requireElements } from './define-reduce.ts'
import type { AxisAttributes, RowReduction } from './define-row.ts'
import { defineRowReduction } from './define-row.ts'

export interface PositionOptions {
  /** Default: the position in the flattened tensor. */
  readonly axis?: number | undefined
  /** Keep the axis with size 1; default false. */
  readonly keepDim?: boolean | undefined
}

type PositionDefinition = Pick<RowReduction<AxisAttributes>, 'name' | 'evaluate' | 'lower' | 'derivative'>

/** Makes argmax or argmin: the first position of the extreme value along an axis, or of the first NaN. */
export function definePosition(definition: PositionDefinition): CompositeOperation<AxisAttributes> {
  return defineRowReduction<AxisAttributes>({
    ...definition,
    dtype: 'int32',
    axes: ({ axis }) => [axis],
    check: (shape, axes) => requireElements(definition.name, shape, axes),
  })
}

/** A node of argmax or argmin. */
export function position(operation: CompositeOperation<AxisAttributes>, x: Node, options: PositionOptions): Node {
  const { axis, keepDim = false } = options
  const rank = x.shape.length
  if (axis === undefined || rank === 0) {
    if (axis !== undefined) normaliseAxis(operation.name, axis, rank)
    const flat = createNode(operation, [toArithmetic(reshape(x, [-1]))], { axis: 0 })
    return reshape(flat, keepDim ? x.shape.map(() => 1) : [])
  }
  const along = normaliseAxis(operation.name, axis, rank)
  const kept = createNode(operation, [toArithmetic(x)], { axis: along })
  return keepDim ? kept : reshape(kept, kept.shape.toSpliced(along, 1))
}
