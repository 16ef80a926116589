import type { Node } from '../graph/node.ts'
import { reshape } from './reshape.ts'
import { normaliseAxis } from './support/axes.ts'

/**
 * Leaves out dimensions of size 1: `torch.squeeze`.
 *
 * @param x any shape and dtype
 * @param axis only this one, which stays when its size is not 1; all of them when left out
 * @throws IndexOutOfRangeError for an axis that does not exist
 */
export function squeeze(x: Node, axis?: number): Node {
  const only = axis === undefined ? undefined : normaliseAxis('squeeze', axis, x.shape.length)
  return reshape(
    x,
    x.shape.filter((size, i) => size !== 1 || (only !== undefined && only !== i)),
  )
}
