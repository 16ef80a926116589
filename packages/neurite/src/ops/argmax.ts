import type { Node } from '../graph/node.ts'
import { max } from './max.ts'
import type { PositionOptions } from './support/extreme-position.ts'
import { definePosition, position } from './support/extreme-position.ts'
import { firstBest } from './support/first-best.ts'
import { firstEqual } from './support/first-equal.ts'
import { ofOne } from './support/of-one.ts'

export const argmaxOperation = definePosition({
  name: 'argmax',
  evaluate: firstBest((a, b) => a > b),
  lower: ofOne((x, { axis }) => firstEqual(x, axis, max)),
  derivative: () => [undefined],
})

/**
 * The int32 position of the largest value along an axis, or in the flattened tensor when none is named (torch.argmax): the
 * first one where several are equal, and the first NaN where there is one. Throws ShapeError for an empty axis and
 * IndexOutOfRangeError for an axis that does not exist.
 */
export function argmax(x: Node, options: PositionOptions = {}): Node {
  return position(argmaxOperation, x, options)
}
