import { topologicalOrder, type Node } from './node.ts'

/**
 * Rebuilds a graph, inputs first: `transform` gets each node once, with its inputs already replaced, and gives what stands
 * in its place (`withInputs(node, inputs)` for no change).
 */
export function rewrite(
  roots: readonly Node[],
  transform: (node: Node, inputs: readonly Node[]) => Node,
  replaced: Map<Node, Node> = new Map<Node, Node>(),
): Node[] {
  for (const node of topologicalOrder(roots)) {
    if (replaced.has(node)) continue
    const inputs = node.inputs.map((input) => replaced.get(input)!)
    replaced.set(node, transform(node, inputs))
  }
  return roots.map((root) => replaced.get(root)!)
}
