import type { Node } from '../graph/node.ts'
import { mul } from './mul.ts'
import { neg } from './neg.ts'
import type { Operand } from './support/broadcast.ts'
import { toFloat, toNodes } from './support/broadcast.ts'
import { binary, defineMap } from './support/define-map.ts'
import { lanes } from './support/evaluate-lanes.ts'

export const divOperation = defineMap({
  name: 'div',
  rule: 'float',
  evaluate: lanes((a, b) => a / b),
  derivative: ({ node, inputs: [, b], gradient }) => {
    const share = div(gradient, b!)
    return [share, neg(mul(share, node))]
  },
})

/**
 * `a / b`, broadcast (torch.div): float32 also for integers; division by 0 gives an infinity or NaN. Throws ShapeError for
 * shapes that do not broadcast.
 */
export function div(a: Operand, b: Operand): Node {
  const [p, q] = toNodes(a, b)
  return binary(divOperation, toFloat(p), toFloat(q))
}
