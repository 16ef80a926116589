import type { Node } from '../graph/node.ts'
import { div } from './div.ts'
import { mul } from './mul.ts'
import { toFloat } from './support/broadcast.ts'
import { defineMap, unary } from './support/define-map.ts'
import { lanes } from './support/evaluate-lanes.ts'

export const sqrtOperation = defineMap({
  name: 'sqrt',
  rule: 'float',
  evaluate: lanes(Math.sqrt),
  derivative: ({ node, gradient }) => [div(gradient, mul(node, 2))],
})

/**
 * The square root (torch.sqrt): NaN below 0; the gradient at 0 is infinite. Integers and bools are computed in float32.
 */
export function sqrt(x: Node): Node {
  return unary(sqrtOperation, toFloat(x))
}
