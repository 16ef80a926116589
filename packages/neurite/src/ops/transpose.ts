import type { Node } from '../graph/node.ts'
import { permute } from './permute.ts'
import { normaliseAxis } from './support/axes.ts'

/**
 * Two axes swapped, without a copy: `torch.transpose`.
 *
 * @param x any shape and dtype
 * @param axis0 negative axes count from the end
 * @param axis1 may be the same as `axis0`: nothing changes then
 * @throws IndexOutOfRangeError for an axis that does not exist
 */
export function transpose(x: Node, axis0: number, axis1: number): Node {
  const first = normaliseAxis('transpose', axis0, x.shape.length)
  const second = normaliseAxis('transpose', axis1, x.shape.length)
  if (first === second) return x
  const order = x.shape.map((_, axis) => axis)
  order[first] = second
  order[second] = first
  return permute(x, order)
}
