import { ArgumentError } from '../errors.ts'
import type { Node } from '../graph/node.ts'
import { slice } from './slice.ts'
import { normaliseAxis } from './support/axes.ts'

/**
 * Parts of a tensor along an axis, without a copy: `torch.split`.
 *
 * @param x any dtype, at least one dimension
 * @param size the size of each part, the last one may be smaller; or a list of sizes that add up to the whole axis
 * @param axis negative axes count from the end (default 0)
 * @throws ArgumentError when the sizes are not such numbers
 * @throws IndexOutOfRangeError for an axis that does not exist
 */
export function split(x: Node, size: number | readonly number[], axis = 0): Node[] {
  const along = normaliseAxis('split', axis, x.shape.length)
  const length = x.shape[along]!
  const sizes = typeof size === 'number' ? equalParts(length, size) : size
  const whole = sizes.every((part) => Number.isInteger(part) && part >= 0)
  if (!whole || sizes.reduce((total, part) => total + part, 0) !== length) {
    throw new ArgumentError({
      what: `split: shape [${x.shape.join(', ')}] cannot be split into [${sizes.join(', ')}] along axis ${axis}`,
      expected: `a size of 1 or more, or sizes that add up to ${length}`,
      fix: 'pass one size for equal parts, or list sizes for the whole axis',
    })
  }
  const start = x.shape.map(() => 0)
  return sizes.map((part) => {
    const piece = slice(x, { start, size: x.shape.with(along, part) })
    start[along]! += part
    return piece
  })
}

function equalParts(length: number, size: number): number[] {
  if (!Number.isInteger(size) || size < 1) return [size]
  const parts = Math.max(1, Math.ceil(length / size))
  return Array.from({ length: parts }, (_, i) => Math.min(size, length - i * size))
}
