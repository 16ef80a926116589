import type { CompositeOperation, Node } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'
import type { NoAttributes } from './support/define-map.ts'

export const detachOperation: CompositeOperation<NoAttributes> = {
  kind: 'composite',
  name: 'detach',
  infer: ([x]) => ({ shape: x!.shape, dtype: x!.dtype }),
  evaluate: ([x]) => x!.slice(),
  derivative: () => [undefined],
  lower: ([x]) => x!,
}

/** The same values, through which no gradient flows (Tensor.detach). */
export function detach(x: Node): Node {
  return createNode(detachOperation, [x], {})
}
