import type { Node } from '../graph/node.ts'
import type { Operand } from './support/broadcast.ts'
import { binary, defineMap } from './support/define-map.ts'
import { lanes } from './support/evaluate-lanes.ts'

export const lessOperation = defineMap({
  name: 'less',
  rule: 'compare',
  evaluate: lanes((a, b) => Number(a < b)),
})

/**
 * `a < b` as bool, broadcast (torch.lt); false where a value is NaN. Throws ShapeError for shapes that do not broadcast.
 */
export function less(a: Operand, b: Operand): Node {
  return binary(lessOperation, a, b)
}
