import type { Node } from '../../graph/node.ts'
import { equal } from '../equal.ts'
import { iota } from '../iota.ts'
import { isNaN } from '../is-nan.ts'
import { logicalOr } from '../logical-or.ts'
import type { max } from '../max.ts'
import { min } from '../min.ts'
import { reshape } from '../reshape.ts'
import { where } from '../where.ts'

/** The first position at which an element equals the extreme value of its row, or is NaN. */
export function firstEqual(x: Node, axis: number, find: typeof max): Node {
  const size = x.shape[axis]!
  const extreme = find(x, { axes: axis, keepDim: true })
  const isHit = equal(x, extreme)
  const isFound = x.dtype === 'float32' ? logicalOr(isHit, isNaN(x)) : isHit
  const positions = reshape(
    iota(size),
    x.shape.map((_, i) => (i === axis ? size : 1)),
  )
  return min(where(isFound, positions, size), { axes: axis, keepDim: true })
}
