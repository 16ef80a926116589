import { ArgumentError } from '../errors.ts'
import type { Node } from '../graph/node.ts'
import { slice } from './slice.ts'
import { normaliseAxis } from './support/axes.ts'

/**
 * The order of the elements reversed along the given axes, without a copy: `torch.flip`.
 *
 * @param x any shape and dtype
 * @param axes negative axes count from the end
 * @throws IndexOutOfRangeError for an axis that does not exist
 * @throws ArgumentError when an axis is named twice
 */
export function flip(x: Node, axes: readonly number[]): Node {
  const reversed = new Set(axes.map((axis) => normaliseAxis('flip', axis, x.shape.length)))
  if (reversed.size < axes.length) {
    throw new ArgumentError({
      what: `flip: the axes [${axes.join(', ')}] name one of ${x.shape.length} axes twice`,
      expected: 'different axes',
      fix: 'name each axis once',
    })
  }
  const backward = (axis: number): boolean => reversed.has(axis) && x.shape[axis]! > 0
  return slice(x, {
    start: x.shape.map((size, axis) => (backward(axis) ? size - 1 : 0)),
    size: x.shape,
    step: x.shape.map((_, axis) => (backward(axis) ? -1 : 1)),
  })
}
