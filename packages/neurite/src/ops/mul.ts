import type { Node } from '../graph/node.ts'
import type { Operand } from './support/broadcast.ts'
import { binary, defineMap } from './support/define-map.ts'
import { lanes } from './support/evaluate-lanes.ts'

export const mulOperation = defineMap({
  name: 'mul',
  rule: 'number',
  evaluate: lanes((a, b) => a * b, Math.imul),
  derivative: ({ inputs: [a, b], gradient }) => [mul(gradient, b!), mul(gradient, a!)],
})

/**
 * `a * b` element by element, broadcast (torch.mul). bool and uint8 count as int32; int32 wraps. Throws ShapeError for
 * shapes that do not broadcast.
 */
export function mul(a: Operand, b: Operand): Node {
  return binary(mulOperation, a, b)
}
