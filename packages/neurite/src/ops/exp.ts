import type { Node } from '../graph/node.ts'
import { mul } from './mul.ts'
import { toFloat } from './support/broadcast.ts'
import { defineMap, unary } from './support/define-map.ts'
import { lanes } from './support/evaluate-lanes.ts'

export const expOperation = defineMap({
  name: 'exp',
  rule: 'float',
  evaluate: lanes(Math.exp),
  derivative: ({ node, gradient }) => [mul(gradient, node)],
})

/**
 * `e^x` (torch.exp). Integers and bools are computed in float32.
 */
export function exp(x: Node): Node {
  return unary(expOperation, toFloat(x))
}
