import type { IotaAttributes, Node, SourceOperation } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'

export const iotaOperation: SourceOperation<IotaAttributes> = {
  kind: 'source',
  name: 'iota',
  infer: (_inputs, { length }) => ({ shape: [length], dtype: 'int32' }),
}

/** int32 `[0, 1, ..., length - 1]`, shape [length]. Throws ShapeError for a length that is no whole number, 0 or more. */
export function iota(length: number): Node {
  return createNode(iotaOperation, [], { length })
}
