import type { Node } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'
import { cast } from './cast.ts'
import type { Operand } from './support/broadcast.ts'
import { broadcastTogether, toNodes } from './support/broadcast.ts'
import { defineMap } from './support/define-map.ts'
import { lanes } from './support/evaluate-lanes.ts'

export const logicalAndOperation = defineMap({
  name: 'logicalAnd',
  rule: 'logical',
  evaluate: lanes((a, b) => a & b),
})

/**
 * Both are true, as bool, broadcast (torch.logical_and); numbers other than 0 count as true. Throws ShapeError for
 * shapes that do not broadcast.
 */
export function logicalAnd(a: Operand, b: Operand): Node {
  const [p, q] = toNodes(a, b).map((x) => cast(x, 'bool')) as [Node, Node]
  return createNode(logicalAndOperation, broadcastTogether(p, q, 'logicalAnd'), {})
}
