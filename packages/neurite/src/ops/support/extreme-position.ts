import type { CompositeOperation, Node } from '../../graph/node.ts'
import { createNode } from '../../graph/node.ts'
import { equal } from '../equal.ts'
import { iota } from '../iota.ts'
import { isNaN } from '../is-nan.ts'
import { logicalOr } from '../logical-or.ts'
import { max } from '../max.ts'
import { min } from '../min.ts'
import { reshape } from '../reshape.ts'
import { where } from '../where.ts'
import { normaliseAxis } from './axes.ts'
import { toArithmetic } from './broadcast.ts'
import { requireElements } from './define-reduce.ts'
import type { AxisAttributes } from './define-row.ts'
import { defineRowReduction } from './define-row.ts'

export interface PositionOptions {
  /** Default: the position in the flattened tensor. */
  readonly axis?: number | undefined
  /** Keep the axis with size 1; default false. */
  readonly keepDim?: boolean | undefined
}

/** Makes argmax or argmin: the first position of the extreme value along an axis, or of the first NaN. */
export function definePosition(name: 'argmax' | 'argmin'): CompositeOperation<AxisAttributes> {
  const isBetter = name === 'argmax' ? (a: number, b: number) => a > b : (a: number, b: number) => a < b
  return defineRowReduction<AxisAttributes>({
    name,
    dtype: 'int32',
    axes: ({ axis }) => [axis],
    check: (shape, axes) => requireElements(name, shape, axes),
    compute(row) {
      let best = 0
      for (const [i, x] of row.entries()) {
        if (Number.isNaN(x)) return i
        if (isBetter(x, row[best]!)) best = i
      }
      return best
    },
    lower(x, { axis }) {
      const size = x.shape[axis]!
      const extreme = (name === 'argmax' ? max : min)(x, { axes: axis, keepDim: true })
      const isHit = equal(x, extreme)
      const isFound = x.dtype === 'float32' ? logicalOr(isHit, isNaN(x)) : isHit
      const positions = reshape(
        iota(size),
        x.shape.map((_, i) => (i === axis ? size : 1)),
      )
      return min(where(isFound, positions, size), { axes: axis, keepDim: true })
    },
    derivative: () => [undefined],
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
