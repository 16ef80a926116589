import type { Node } from '../graph/node.ts'
import { full } from './full.ts'
import { defineMap, unary } from './support/define-map.ts'
import { lanes } from './support/evaluate-lanes.ts'

/** The nearest whole number; of two equally near ones the even one. */
function roundToEven(x: number): number {
  const below = Math.floor(x)
  const fraction = x - below
  if (fraction !== 0.5) return fraction < 0.5 ? below : Math.ceil(x)
  return below % 2 === 0 ? below : Math.ceil(x)
}

export const roundOperation = defineMap({
  name: 'round',
  rule: 'float',
  evaluate: lanes(roundToEven),
  derivative: ({ gradient }) => [full(gradient.shape, 0)],
})

/**
 * The nearest whole number, halves to the even one (torch.round). The gradient is 0. Integers stay as they are.
 */
export function round(x: Node): Node {
  return x.dtype === 'float32' ? unary(roundOperation, x) : x
}
