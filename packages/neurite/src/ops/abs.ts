import type { Node } from '../graph/node.ts'
import { mul } from './mul.ts'
import { sign } from './sign.ts'
import { toArithmetic } from './support/broadcast.ts'
import { defineMap, unary } from './support/define-map.ts'
import { lanes } from './support/evaluate-lanes.ts'

export const absOperation = defineMap({
  name: 'abs',
  rule: 'number',
  evaluate: lanes(Math.abs),
  derivative: ({ inputs: [x], gradient }) => [mul(gradient, sign(x!))],
})

/**
 * `|x|` (torch.abs); the gradient at 0 is 0. int32 stays int32; bool and uint8 count as int32.
 */
export function abs(x: Node): Node {
  return unary(absOperation, toArithmetic(x))
}
