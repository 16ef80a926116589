import type { InputAttributes, Node, SourceOperation } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'

export const inputOperation: SourceOperation<InputAttributes> = {
  kind: 'source',
  name: 'input',
  infer: (_inputs, { shape, dtype }) => ({ shape, dtype }),
}

/** An argument of a traced function. */
export function input(attributes: InputAttributes): Node {
  return createNode(inputOperation, [], attributes)
}
