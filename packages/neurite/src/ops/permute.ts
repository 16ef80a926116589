import { ShapeError } from '../errors.ts'
import { createNode, type Node, type PermuteAttributes, type ViewOperation } from '../graph/node.ts'
import { copyStrided, rowMajorStrides } from './support/strided.ts'

export const permuteOperation: ViewOperation<PermuteAttributes> = {
  kind: 'view',
  view: 'permute',
  name: 'permute',
  infer([x], { order }) {
    const sorted = order.toSorted((a, b) => a - b)
    if (order.length !== x!.shape.length || sorted.some((axis, position) => axis !== position)) {
      throw new ShapeError({
        what: `permute: the order [${order.join(', ')}] does not fit shape [${x!.shape.join(', ')}]`,
        expected: `each axis from 0 to ${x!.shape.length - 1} exactly once`,
        fix: 'list every axis of the input once, in the new order',
      })
    }
    return { shape: order.map((axis) => x!.shape[axis]!), dtype: x!.dtype }
  },
  evaluate([x], { inputs, attributes, output }) {
    const strides = rowMajorStrides(inputs[0]!.shape)
    return copyStrided(
      x!,
      output.shape,
      attributes.order.map((axis) => strides[axis]!),
    )
  },
  derivative({ attributes: { order }, gradient }) {
    const inverse = new Array<number>(order.length)
    for (const [position, axis] of order.entries()) inverse[axis] = position
    return [permute(gradient, inverse)]
  },
}

/**
 * The axes in another order, without moving data: `torch.permute`. `output.shape[i] = x.shape[order[i]]`.
 *
 * @param x any shape and dtype
 * @param order every axis once; negative axes count from the end
 * @throws ShapeError when `order` does not name each axis of `x` exactly once
 */
export function permute(x: Node, order: readonly number[]): Node {
  const axes = order.map((axis) => (axis < 0 ? axis + x.shape.length : axis))
  return createNode(permuteOperation, [x], { order: axes })
}
