import type { Node } from '../graph/node.ts'
import { full } from './full.ts'
import { toArithmetic } from './support/broadcast.ts'
import { defineMap, unary } from './support/define-map.ts'
import { lanes } from './support/evaluate-lanes.ts'

export const signOperation = defineMap({
  name: 'sign',
  rule: 'number',
  // Unlike Math.sign, 0 for -0, as in PyTorch.
  evaluate: lanes((x) => (Number.isNaN(x) ? x : Number(x > 0) - Number(x < 0))),
  derivative: ({ gradient }) => [full(gradient.shape, 0)],
})

/**
 * -1, 0 or 1 (torch.sign); NaN stays NaN. The gradient is 0. int32 stays int32; bool and uint8 count as int32.
 */
export function sign(x: Node): Node {
  return unary(signOperation, toArithmetic(x))
}
