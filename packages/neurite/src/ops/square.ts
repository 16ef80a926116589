import type { Node } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'
import { mul } from './mul.ts'
import { toArithmetic } from './support/broadcast.ts'
import { defineElementwise } from './support/define-elementwise.ts'
import type { NoAttributes } from './support/define-map.ts'

export const squareOperation = defineElementwise<NoAttributes>({
  name: 'square',
  rule: 'number',
  compute: (x) => x * x,
  computeInteger: (x) => Math.imul(x, x),
  lower: (x) => mul(x, x),
  derivative: ({ x, gradient }) => mul(gradient, mul(x, 2)),
})

/**
 * `x * x` (torch.square). bool and uint8 count as int32; int32 wraps.
 */
export function square(x: Node): Node {
  return createNode(squareOperation, [toArithmetic(x)], {})
}
