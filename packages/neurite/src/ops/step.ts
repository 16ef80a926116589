import type { Node } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'
import { cast } from './cast.ts'
import { greaterEqual } from './greater-equal.ts'
import { isNaN } from './is-nan.ts'
import { where } from './where.ts'
import { defineElementwise } from './support/define-elementwise.ts'
import { elements } from './support/evaluate-lanes.ts'
import { ofOne } from './support/of-one.ts'

export interface StepAttributes {
  readonly threshold: number
}

export const stepOperation = defineElementwise<StepAttributes>({
  name: 'step',
  rule: 'float',
  evaluate: elements((x, { threshold }) => (Number.isNaN(x) ? x : Number(x >= threshold))),
  lower: ofOne((x, { threshold }) => where(isNaN(x), x, cast(greaterEqual(x, threshold), 'float32'))),
  derivative: () => undefined,
})

/**
 * 1 where x reaches the threshold (0 by default), else 0: the activation of the perceptron; NaN stays NaN. No gradient flows
 * through it. Throws DTypeError for integers.
 */
export function step(x: Node, options: { readonly threshold?: number | undefined } = {}): Node {
  return createNode(stepOperation, [x], { threshold: options.threshold ?? 0 })
}
