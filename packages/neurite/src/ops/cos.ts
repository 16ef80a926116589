import type { Node } from '../graph/node.ts'
import { mul } from './mul.ts'
import { neg } from './neg.ts'
import { sin } from './sin.ts'
import { toFloat } from './support/broadcast.ts'
import { defineMap, unary } from './support/define-map.ts'
import { lanes } from './support/evaluate-lanes.ts'

export const cosOperation = defineMap({
  name: 'cos',
  rule: 'float',
  evaluate: lanes(Math.cos),
  derivative: ({ inputs: [x], gradient }) => [neg(mul(gradient, sin(x!)))],
})

/**
 * The cosine of an angle in radians (torch.cos). Integers and bools are computed in float32.
 */
export function cos(x: Node): Node {
  return unary(cosOperation, toFloat(x))
}
