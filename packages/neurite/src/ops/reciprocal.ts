import type { Node } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'
import { div } from './div.ts'
import { mul } from './mul.ts'
import { neg } from './neg.ts'
import { toFloat } from './support/broadcast.ts'
import { defineElementwise } from './support/define-elementwise.ts'
import type { NoAttributes } from './support/define-map.ts'
import { elements } from './support/evaluate-lanes.ts'
import { ofOne } from './support/of-one.ts'

export const reciprocalOperation = defineElementwise<NoAttributes>({
  name: 'reciprocal',
  rule: 'float',
  evaluate: elements((x) => 1 / x),
  lower: ofOne((x) => div(1, x)),
  derivative: ({ node, gradient }) => neg(mul(gradient, mul(node, node))),
})

/**
 * `1 / x` (torch.reciprocal). Integers and bools are computed in float32.
 */
export function reciprocal(x: Node): Node {
  return createNode(reciprocalOperation, [toFloat(x)], {})
}
