import type { Node } from '../graph/node.ts'
import { cos } from './cos.ts'
import { mul } from './mul.ts'
import { toFloat } from './support/broadcast.ts'
import { defineMap, unary } from './support/define-map.ts'
import { lanes } from './support/evaluate-lanes.ts'

export const sinOperation = defineMap({
  name: 'sin',
  rule: 'float',
  evaluate: lanes(Math.sin),
  derivative: ({ inputs: [x], gradient }) => [mul(gradient, cos(x!))],
})

/**
 * The sine of an angle in radians (torch.sin). Integers and bools are computed in float32.
 */
export function sin(x: Node): Node {
  return unary(sinOperation, toFloat(x))
}
