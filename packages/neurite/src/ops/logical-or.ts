import type { Node } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'
import { cast } from './cast.ts'
import type { Operand } from './support/broadcast.ts'
import { broadcastTogether, toNodes } from './support/broadcast.ts'
import { defineMap } from './support/define-map.ts'
import { lanes } from './support/evaluate-lanes.ts'

export const logicalOrOperation = defineMap({
  name: 'logicalOr',
  rule: 'logical',
  evaluate: lanes((a, b) => a | b),
})

/**
 * At least one is true, as bool, broadcast (torch.logical_or); numbers other than 0 count as true. Throws ShapeError for
 * shapes that do not broadcast.
 */
export function logicalOr(a: Operand, b: Operand): Node {
  const [p, q] = toNodes(a, b).map((x) => cast(x, 'bool')) as [Node, Node]
  return createNode(logicalOrOperation, broadcastTogether(p, q, 'logicalOr'), {})
}
