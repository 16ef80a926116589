import type { Node } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'
import { add } from './add.ts'
import { mul } from './mul.ts'
import { sigmoid } from './sigmoid.ts'
import { sub } from './sub.ts'
import { defineElementwise } from './support/define-elementwise.ts'
import type { NoAttributes } from './support/define-map.ts'
import { elements } from './support/evaluate-lanes.ts'
import { ofOne } from './support/of-one.ts'

export const siluOperation = defineElementwise<NoAttributes>({
  name: 'silu',
  rule: 'float',
  evaluate: elements((x) => x / (1 + Math.exp(-x))),
  lower: ofOne((x) => mul(x, sigmoid(x))),
  derivative: ({ x, gradient }) => {
    const gate = sigmoid(x)
    return mul(gradient, mul(gate, add(1, mul(x, sub(1, gate)))))
  },
})

/**
 * `x * sigmoid(x)` (torch.nn.functional.silu). Throws DTypeError for integers.
 */
export function silu(x: Node): Node {
  return createNode(siluOperation, [x], {})
}
