import { createNode, type Node, withLabel } from './node.ts'

/** The same operation on other inputs; the node itself where nothing changes. Keeps the label. */
export function withInputs(node: Node, inputs: readonly Node[]): Node {
  if (inputs.every((input, i) => input === node.inputs[i])) return node
  return withLabel(node.label, () => createNode(node.operation, inputs, node.attributes))
}
