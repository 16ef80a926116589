import type { Node } from '../graph/node.ts'
import type { Operand } from './support/broadcast.ts'
import { binary, defineMap } from './support/define-map.ts'
import { lanes } from './support/evaluate-lanes.ts'

export const addOperation = defineMap({
  name: 'add',
  rule: 'number',
  evaluate: lanes((a, b) => a + b),
  derivative: ({ gradient }) => [gradient, gradient],
})

/**
 * `a + b`, broadcast (torch.add). bool and uint8 count as int32; int32 wraps. Throws ShapeError for shapes that do not
 * broadcast.
 */
export function add(a: Operand, b: Operand): Node {
  return binary(addOperation, a, b)
}
