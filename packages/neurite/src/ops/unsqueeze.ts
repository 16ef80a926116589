import type { Node } from '../graph/node.ts'
import { reshape } from './reshape.ts'
import { normaliseAxis } from './support/axes.ts'

/**
 * Adds a dimension of size 1: `torch.unsqueeze`.
 *
 * @param x any shape and dtype
 * @param axis where the new dimension will be; negative axes count from the end of the result
 * @throws IndexOutOfRangeError for an axis that the result does not have
 */
export function unsqueeze(x: Node, axis: number): Node {
  return reshape(x, x.shape.toSpliced(normaliseAxis('unsqueeze', axis, x.shape.length + 1), 0, 1))
}
