import type { Node } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'
import { lessEqual } from './less-equal.ts'
import { maximum } from './maximum.ts'
import { where } from './where.ts'
import { toArithmetic } from './support/broadcast.ts'
import { defineElementwise } from './support/define-elementwise.ts'
import type { NoAttributes } from './support/define-map.ts'
import { elements } from './support/evaluate-lanes.ts'
import { ofOne } from './support/of-one.ts'

export const reluOperation = defineElementwise<NoAttributes>({
  name: 'relu',
  rule: 'number',
  evaluate: elements((x) => Math.max(x, 0)),
  lower: ofOne((x) => maximum(x, 0)),
  derivative: ({ node, gradient }) => where(lessEqual(node, 0), 0, gradient),
})

/**
 * `max(x, 0)` (torch.relu); NaN stays NaN. The gradient at 0 is 0. bool and uint8 count as int32.
 */
export function relu(x: Node): Node {
  return createNode(reluOperation, [toArithmetic(x)], {})
}
