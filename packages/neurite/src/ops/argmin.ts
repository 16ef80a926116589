import type { Node } from '../graph/node.ts'
import { min } from './min.ts'
import type { PositionOptions } from './support/extreme-position.ts'
import { definePosition, position } from './support/extreme-position.ts'
import { firstBest } from './support/first-best.ts'
import { firstEqual } from './support/first-equal.ts'
import { ofOne } from './support/of-one.ts'

export const argminOperation = definePosition({
  name: 'argmin',
  evaluate: firstBest((a, b) => a < b),
  lower: ofOne((x, { axis }) => firstEqual(x, axis, min)),
  derivative: () => [undefined],
})

/**
 * The int32 position of the smallest value along an axis, or in the flattened tensor when none is named (torch.argmin): the
 * first one where several are equal, and the first NaN where there is one. Throws ShapeError for an empty axis and
 * IndexOutOfRangeError for an axis that does not exist.
 */
export function argmin(x: Node, options: PositionOptions = {}): Node {
  return position(argminOperation, x, options)
}
