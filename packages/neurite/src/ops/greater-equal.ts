import type { Node } from '../graph/node.ts'
import type { Operand } from './support/broadcast.ts'
import { binary, defineMap } from './support/define-map.ts'
import { lanes } from './support/evaluate-lanes.ts'

export const greaterEqualOperation = defineMap({
  name: 'greaterEqual',
  rule: 'compare',
  evaluate: lanes((a, b) => Number(a >= b)),
})

/**
 * `a >= b` as bool, broadcast (torch.ge); false where a value is NaN. Throws ShapeError for shapes that do not broadcast.
 */
export function greaterEqual(a: Operand, b: Operand): Node {
  return binary(greaterEqualOperation, a, b)
}
