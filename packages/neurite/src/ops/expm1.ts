import type { Node } from '../graph/node.ts'
import { add } from './add.ts'
import { mul } from './mul.ts'
import { toFloat } from './support/broadcast.ts'
import { defineMap, unary } from './support/define-map.ts'
import { lanes } from './support/evaluate-lanes.ts'

export const expm1Operation = defineMap({
  name: 'expm1',
  rule: 'float',
  evaluate: lanes(Math.expm1),
  derivative: ({ node, gradient }) => [mul(gradient, add(node, 1))],
})

/**
 * `e^x - 1`, exact near 0 (torch.expm1). Integers and bools are computed in float32.
 */
export function expm1(x: Node): Node {
  return unary(expm1Operation, toFloat(x))
}
