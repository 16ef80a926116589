import type { Node } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'
import { div } from './div.ts'
import { mul } from './mul.ts'
import { sqrt } from './sqrt.ts'
import { toFloat } from './support/broadcast.ts'
import { defineElementwise } from './support/define-elementwise.ts'
import type { NoAttributes } from './support/define-map.ts'
import { elements } from './support/evaluate-lanes.ts'
import { ofOne } from './support/of-one.ts'

export const rsqrtOperation = defineElementwise<NoAttributes>({
  name: 'rsqrt',
  rule: 'float',
  evaluate: elements((x) => 1 / Math.sqrt(x)),
  lower: ofOne((x) => div(1, sqrt(x))),
  derivative: ({ node, gradient }) => mul(gradient, mul(mul(node, mul(node, node)), -0.5)),
})

/**
 * `1 / sqrt(x)` (torch.rsqrt): Infinity at 0, NaN below. Integers and bools are computed in float32.
 */
export function rsqrt(x: Node): Node {
  return createNode(rsqrtOperation, [toFloat(x)], {})
}
