import type { BindingAttributes, Node, SourceOperation } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'

export const bindingOperation: SourceOperation<BindingAttributes> = {
  kind: 'source',
  name: 'binding',
  infer: (_inputs, { type }) => type,
}

/** A leaf of a closed program, filled by position when the program runs. */
export function binding(attributes: BindingAttributes): Node {
  return createNode(bindingOperation, [], attributes)
}
