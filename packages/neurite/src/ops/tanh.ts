import type { Node } from '../graph/node.ts'
import { mul } from './mul.ts'
import { sub } from './sub.ts'
import { toFloat } from './support/broadcast.ts'
import { defineMap, unary } from './support/define-map.ts'
import { lanes } from './support/evaluate-lanes.ts'

export const tanhOperation = defineMap({
  name: 'tanh',
  rule: 'float',
  evaluate: lanes(Math.tanh),
  derivative: ({ node, gradient }) => [mul(gradient, sub(1, mul(node, node)))],
})

/**
 * The hyperbolic tangent (torch.tanh); its gradient is `1 - tanh(x)^2`. Integers and bools are computed in float32.
 */
export function tanh(x: Node): Node {
  return unary(tanhOperation, toFloat(x))
}
