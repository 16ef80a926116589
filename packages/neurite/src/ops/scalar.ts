import type { HostScalar, Node, ScalarAttributes, SourceOperation } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'

export const scalarOperation: SourceOperation<ScalarAttributes> = {
  kind: 'source',
  name: 'scalar',
  infer: (_inputs, { dtype }) => ({ shape: [], dtype }),
}

/** A number that the host may change between runs without compiling again; shape []. */
export function scalar(hostScalar: HostScalar, dtype: ScalarAttributes['dtype'] = 'float32'): Node {
  return createNode(scalarOperation, [], { scalar: hostScalar, dtype })
}
