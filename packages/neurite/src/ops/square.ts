import type { Node } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'
import { mul } from './mul.ts'
import { toArithmetic } from './support/broadcast.ts'
import { defineElementwise } from './support/define-elementwise.ts'
import type { NoAttributes } from './support/define-map.ts'
import { elements } from './support/evaluate-lanes.ts'
import { ofOne } from './support/of-one.ts'

export const squareOperation = defineElementwise<NoAttributes>({
  name: 'square',
  rule: 'number',
  evaluate: elements(
    (x) => x * x,
    (x) => Math.imul(x, x),
  ),
  lower: ofOne((x) => mul(x, x)),
  derivative: ({ x, gradient }) => mul(gradient, mul(x, 2)),
})

/**
 * `x * x` (torch.square). bool and uint8 count as int32; int32 wraps.
 */
export function square(x: Node): Node {
  return createNode(squareOperation, [toArithmetic(x)], {})
}
