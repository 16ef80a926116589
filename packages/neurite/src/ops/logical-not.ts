import type { Node } from '../graph/node.ts'
import { cast } from './cast.ts'
import { defineMap, unary } from './support/define-map.ts'
import { lanes } from './support/evaluate-lanes.ts'

export const logicalNotOperation = defineMap({
  name: 'logicalNot',
  rule: 'logical',
  evaluate: lanes((x) => 1 - x),
})

/** True where x is false (torch.logical_not); numbers other than 0 count as true. */
export function logicalNot(x: Node): Node {
  return unary(logicalNotOperation, cast(x, 'bool'))
}
