import type { Node } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'
import { notEqual } from './not-equal.ts'
import { defineElementwise } from './support/define-elementwise.ts'
import type { NoAttributes } from './support/define-map.ts'
import { elements } from './support/evaluate-lanes.ts'
import { ofOne } from './support/of-one.ts'

export const isNaNOperation = defineElementwise<NoAttributes>({
  name: 'isNaN',
  rule: 'test',
  evaluate: elements((x) => Number(Number.isNaN(x))),
  lower: ofOne((x) => notEqual(x, x)),
})

/**
 * True where x is NaN, as bool (torch.isnan); false everywhere for integers and bools.
 */
export function isNaN(x: Node): Node {
  return createNode(isNaNOperation, [x], {})
}
