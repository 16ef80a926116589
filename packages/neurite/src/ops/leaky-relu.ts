import type { Node } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'
import { greater } from './greater.ts'
import { mul } from './mul.ts'
import { where } from './where.ts'
import { defineElementwise } from './support/define-elementwise.ts'
import { elements } from './support/evaluate-lanes.ts'
import { ofOne } from './support/of-one.ts'

export interface LeakyReluAttributes {
  readonly negativeSlope: number
}

export const leakyReluOperation = defineElementwise<LeakyReluAttributes>({
  name: 'leakyRelu',
  rule: 'float',
  evaluate: elements((x, { negativeSlope }) => (x > 0 ? x : x * negativeSlope)),
  lower: ofOne((x, { negativeSlope }) => where(greater(x, 0), x, mul(x, negativeSlope))),
  derivative: ({ x, attributes: { negativeSlope }, gradient }) =>
    where(greater(x, 0), gradient, mul(gradient, negativeSlope)),
})

/**
 * `x` above 0, `negativeSlope * x` elsewhere (torch.nn.functional.leaky_relu); at 0 the gradient is `negativeSlope`.
 * negativeSlope is 0.01 by default. Throws DTypeError for integers.
 */
export function leakyRelu(x: Node, options: { readonly negativeSlope?: number | undefined } = {}): Node {
  return createNode(leakyReluOperation, [x], { negativeSlope: options.negativeSlope ?? 0.01 })
}
