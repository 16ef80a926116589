import { createNode, type KernelOperation, type Node } from '../graph/node.ts'

export const contiguousOperation: KernelOperation<object> = {
  kind: 'kernel',
  kernel: 'contiguous',
  name: 'contiguous',
  infer: ([x]) => ({ shape: x!.shape, dtype: x!.dtype }),
  evaluate: ([x]) => x!,
  derivative: ({ gradient }) => [gradient],
}

/**
 * The same values, row-major in memory: for lowered forms whose kernels want neighbours along the last axis.
 *
 * @param x any shape and dtype
 */
export function contiguous(x: Node): Node {
  return createNode(contiguousOperation, [x], {})
}
