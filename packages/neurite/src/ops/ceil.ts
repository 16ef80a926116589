import type { Node } from '../graph/node.ts'
import { full } from './full.ts'
import { defineMap, unary } from './support/define-map.ts'
import { lanes } from './support/evaluate-lanes.ts'

export const ceilOperation = defineMap({
  name: 'ceil',
  rule: 'float',
  evaluate: lanes(Math.ceil),
  derivative: ({ gradient }) => [full(gradient.shape, 0)],
})

/**
 * The smallest whole number that is not below x (torch.ceil). The gradient is 0. Integers stay as they are.
 */
export function ceil(x: Node): Node {
  return x.dtype === 'float32' ? unary(ceilOperation, x) : x
}
