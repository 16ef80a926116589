import type { Node } from '../graph/node.ts'
import type { PositionOptions } from './support/extreme-position.ts'
import { definePosition, position } from './support/extreme-position.ts'

export const argminOperation = definePosition('argmin')

/**
 * The int32 position of the smallest value along an axis, or in the flattened tensor when none is named (torch.argmin): the
 * first one where several are equal, and the first NaN where there is one. Throws ShapeError for an empty axis and
 * IndexOutOfRangeError for an axis that does not exist.
 */
export function argmin(x: Node, options: PositionOptions = {}): Node {
  return position(argminOperation, x, options)
}
