import type { Node, SourceOperation, StateAttributes, StateReference } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'

export const stateOperation: SourceOperation<StateAttributes> = {
  kind: 'source',
  name: 'state',
  infer: (_inputs, { state: reference }) => ({ shape: reference.shape, dtype: reference.dtype }),
}

/** The present value of resident memory: a parameter, an optimiser slot, a running statistic. */
export function state(reference: StateReference): Node {
  return createNode(stateOperation, [], { state: reference })
}
