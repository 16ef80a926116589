import type { Node } from '../graph/node.ts'
import { full } from './full.ts'
import { defineMap, unary } from './support/define-map.ts'
import { lanes } from './support/evaluate-lanes.ts'

export const truncOperation = defineMap({
  name: 'trunc',
  rule: 'float',
  evaluate: lanes(Math.trunc),
  derivative: ({ gradient }) => [full(gradient.shape, 0)],
})

/**
 * x without its fraction (torch.trunc). The gradient is 0. Integers stay as they are.
 */
export function trunc(x: Node): Node {
  return x.dtype === 'float32' ? unary(truncOperation, x) : x
}
