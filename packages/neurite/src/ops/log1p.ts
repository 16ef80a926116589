import type { Node } from '../graph/node.ts'
import { add } from './add.ts'
import { div } from './div.ts'
import { toFloat } from './support/broadcast.ts'
import { defineMap, unary } from './support/define-map.ts'
import { lanes } from './support/evaluate-lanes.ts'

export const log1pOperation = defineMap({
  name: 'log1p',
  rule: 'float',
  evaluate: lanes(Math.log1p),
  derivative: ({ inputs: [x], gradient }) => [div(gradient, add(x!, 1))],
})

/**
 * `log(1 + x)`, exact near 0 (torch.log1p). Integers and bools are computed in float32.
 */
export function log1p(x: Node): Node {
  return unary(log1pOperation, toFloat(x))
}
