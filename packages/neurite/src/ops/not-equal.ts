import type { Node } from '../graph/node.ts'
import type { Operand } from './support/broadcast.ts'
import { binary, defineMap } from './support/define-map.ts'
import { lanes } from './support/evaluate-lanes.ts'

export const notEqualOperation = defineMap({
  name: 'notEqual',
  rule: 'compare',
  evaluate: lanes((a, b) => Number(a !== b)),
})

/**
 * `a != b` as bool, broadcast (torch.ne); true where a value is NaN. Throws ShapeError for shapes that do not broadcast.
 */
export function notEqual(a: Operand, b: Operand): Node {
  return binary(notEqualOperation, a, b)
}
