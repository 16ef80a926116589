import { evaluateAllNodes } from '../backends/reference/index.ts'
import type { Node, ReferenceValues } from '../graph/node.ts'
import type { Surroundings } from './surroundings.ts'

/** The value of every node below `roots` in float64, each operation computed by its own definition, nothing simplified. */
export function evaluateInFloat64(
  roots: readonly Node[],
  { states, scalars }: Surroundings,
): Map<Node, ReferenceValues> {
  return evaluateAllNodes(roots, { state: (state) => states.get(state)!, scalar: (scalar) => scalars.get(scalar)! })
}
