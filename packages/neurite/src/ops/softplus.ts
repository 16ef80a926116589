import type { Node } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'
import { abs } from './abs.ts'
import { add } from './add.ts'
import { exp } from './exp.ts'
import { log1p } from './log1p.ts'
import { maximum } from './maximum.ts'
import { mul } from './mul.ts'
import { neg } from './neg.ts'
import { sigmoid } from './sigmoid.ts'
import { defineElementwise } from './support/define-elementwise.ts'
import type { NoAttributes } from './support/define-map.ts'
import { elements } from './support/evaluate-lanes.ts'
import { ofOne } from './support/of-one.ts'

export const softplusOperation = defineElementwise<NoAttributes>({
  name: 'softplus',
  rule: 'float',
  evaluate: elements((x) => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)))),
  lower: ofOne((x) => add(maximum(x, 0), log1p(exp(neg(abs(x)))))),
  derivative: ({ x, gradient }) => mul(gradient, sigmoid(x)),
})

/**
 * `log(1 + e^x)` without overflow (torch.nn.functional.softplus). Throws DTypeError for integers.
 */
export function softplus(x: Node): Node {
  return createNode(softplusOperation, [x], {})
}
