import { lowerings } from '../ops/lowerings.ts'
import type { Node } from './node.ts'
import { topologicalOrder, withLabel } from './node.ts'
import { withInputs } from './with-inputs.ts'

/** The same graph in primitives only: composites are replaced by their lowered form, down to the last. */
export function lower(roots: readonly Node[]): Node[] {
  const lowered = new Map<Node, Node>()
  lowerInto(roots, lowered)
  return roots.map((root) => lowered.get(root)!)
}

function lowerInto(roots: readonly Node[], lowered: Map<Node, Node>): void {
  for (const node of topologicalOrder(roots)) {
    if (lowered.has(node)) continue
    const { operation, attributes } = node
    const inputs = node.inputs.map((input) => lowered.get(input)!)
    if (operation.kind !== 'composite') {
      lowered.set(node, withInputs(node, inputs))
      continue
    }
    const lowering = lowerings[operation.name] ?? operation
    const form = withLabel(node.label, () => lowering.lower(inputs, attributes))
    for (const input of inputs) lowered.set(input, input)
    // A lowered form may hold composites of its own; the nest is a few levels deep.
    lowerInto([form], lowered)
    lowered.set(node, lowered.get(form)!)
  }
}
