import type { Node } from '../graph/node.ts'
import { erf as erfOf } from '../math/erf.ts'
import { exp } from './exp.ts'
import { mul } from './mul.ts'
import { neg } from './neg.ts'
import { toFloat } from './support/broadcast.ts'
import { defineMap, unary } from './support/define-map.ts'
import { lanes } from './support/evaluate-lanes.ts'

export const erfOperation = defineMap({
  name: 'erf',
  rule: 'float',
  evaluate: lanes(erfOf),
  derivative: ({ inputs: [x], gradient }) => [mul(gradient, mul(exp(neg(mul(x!, x!))), 2 / Math.sqrt(Math.PI)))],
})

/**
 * The error function `2 / sqrt(pi) * (integral of e^(-t^2) from 0 to x)` (torch.erf). Integers and bools are computed in float32.
 */
export function erf(x: Node): Node {
  return unary(erfOperation, toFloat(x))
}
