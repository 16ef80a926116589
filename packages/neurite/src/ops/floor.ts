import type { Node } from '../graph/node.ts'
import { full } from './full.ts'
import { defineMap, unary } from './support/define-map.ts'
import { lanes } from './support/evaluate-lanes.ts'

export const floorOperation = defineMap({
  name: 'floor',
  rule: 'float',
  evaluate: lanes(Math.floor),
  derivative: ({ gradient }) => [full(gradient.shape, 0)],
})

/**
 * The largest whole number that is not above x (torch.floor). The gradient is 0. Integers stay as they are.
 */
export function floor(x: Node): Node {
  return x.dtype === 'float32' ? unary(floorOperation, x) : x
}
