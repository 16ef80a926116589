import { requireDType } from '../require-dtype.ts'
import { createNode, elementCount, type CumsumAttributes, type KernelOperation, type Node } from '../graph/node.ts'
import { cast } from './cast.ts'
import { flip } from './flip.ts'
import { normaliseAxis } from './support/axes.ts'

export const cumsumOperation: KernelOperation<CumsumAttributes> = {
  kind: 'kernel',
  kernel: 'cumsum',
  name: 'cumsum',
  infer([x]) {
    requireDType('cumsum', x!, ['float32', 'int32'])
    return { shape: x!.shape, dtype: x!.dtype }
  },
  evaluate([x], { attributes: { axis }, output }) {
    const result = x!.slice()
    const length = output.shape[axis]!
    const inner = elementCount(output.shape.slice(axis + 1))
    for (let i = 0; i < result.length; i++) {
      if (Math.floor(i / inner) % length === 0) continue
      const sum = result[i - inner]! + result[i]!
      result[i] = output.dtype === 'int32' ? sum | 0 : sum
    }
    return result
  },
  derivative: ({ attributes: { axis }, gradient }) => [flip(cumsum(flip(gradient, [axis]), axis), [axis])],
}

/**
 * Running sums along an axis: `torch.cumsum`. `y_i = x_0 + ... + x_i`.
 *
 * @param x any shape and dtype; bool and uint8 are summed as int32
 * @param axis negative axes count from the end
 * @returns the shape of `x`, float32 or int32
 * @throws IndexOutOfRangeError for an axis that does not exist
 */
export function cumsum(x: Node, axis: number): Node {
  const values = x.dtype === 'float32' ? x : cast(x, 'int32')
  // As in PyTorch, a scalar counts as a vector of one element.
  const along = normaliseAxis('cumsum', axis, Math.max(1, x.shape.length))
  if (x.shape.length === 0) return values
  return createNode(cumsumOperation, [values], { axis: along })
}
