import type { Node } from '../graph/node.ts'
import { mul } from './mul.ts'
import { sub } from './sub.ts'
import { toFloat } from './support/broadcast.ts'
import { defineMap, unary } from './support/define-map.ts'
import { lanes } from './support/evaluate-lanes.ts'

function sigmoidOf(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x))
  // The same number; e^-x would overflow, and 0 would come out for every x below -709.
  const power = Math.exp(x)
  return power / (1 + power)
}

export const sigmoidOperation = defineMap({
  name: 'sigmoid',
  rule: 'float',
  evaluate: lanes(sigmoidOf),
  derivative: ({ node, gradient }) => [mul(gradient, mul(node, sub(1, node)))],
})

/**
 * The logistic function `1 / (1 + e^-x)` (torch.sigmoid); its gradient is `y (1 - y)`. Integers and bools are computed in float32.
 */
export function sigmoid(x: Node): Node {
  return unary(sigmoidOperation, toFloat(x))
}
