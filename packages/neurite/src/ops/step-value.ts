import type { Node, SourceOperation, TensorType } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'

export const stepValueOperation: SourceOperation<TensorType> = {
  kind: 'source',
  name: 'stepValue',
  infer: (_inputs, { shape, dtype }) => ({ shape, dtype }),
}

/** A parameter of a scan's body: what a carry or a sequence is in one step. Known only while the loop runs. */
export function stepValue({ shape, dtype }: TensorType): Node {
  return createNode(stepValueOperation, [], { shape, dtype })
}
