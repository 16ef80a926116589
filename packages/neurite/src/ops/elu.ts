import type { Node } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'
import { exp } from './exp.ts'
import { expm1 } from './expm1.ts'
import { greater } from './greater.ts'
import { minimum } from './minimum.ts'
import { mul } from './mul.ts'
import { where } from './where.ts'
import { defineElementwise } from './support/define-elementwise.ts'
import { elements } from './support/evaluate-lanes.ts'
import { ofOne } from './support/of-one.ts'

export interface EluAttributes {
  readonly alpha: number
}

export const eluOperation = defineElementwise<EluAttributes>({
  name: 'elu',
  rule: 'float',
  evaluate: elements((x, { alpha }) => (x > 0 ? x : alpha * Math.expm1(x))),
  lower: ofOne((x, { alpha }) => where(greater(x, 0), x, mul(expm1(minimum(x, 0)), alpha))),
  derivative: ({ x, attributes: { alpha }, gradient }) =>
    where(greater(x, 0), gradient, mul(gradient, mul(exp(minimum(x, 0)), alpha))),
})

/**
 * `x` above 0, `alpha * (e^x - 1)` elsewhere (torch.nn.functional.elu). alpha is 1 by default. Throws DTypeError for integers.
 */
export function elu(x: Node, options: { readonly alpha?: number | undefined } = {}): Node {
  return createNode(eluOperation, [x], { alpha: options.alpha ?? 1 })
}
