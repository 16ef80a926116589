import type { Node } from '../graph/node.ts'
import { div } from './div.ts'
import { toFloat } from './support/broadcast.ts'
import { defineMap, unary } from './support/define-map.ts'
import { lanes } from './support/evaluate-lanes.ts'

export const logOperation = defineMap({
  name: 'log',
  rule: 'float',
  evaluate: lanes(Math.log),
  derivative: ({ inputs: [x], gradient }) => [div(gradient, x!)],
})

/**
 * The natural logarithm (torch.log): -Infinity at 0, NaN below. Integers and bools are computed in float32.
 */
export function log(x: Node): Node {
  return unary(logOperation, toFloat(x))
}
