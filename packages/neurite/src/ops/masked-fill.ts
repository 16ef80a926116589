import { requireDType } from '../require-dtype.ts'
import { createNode, type CompositeOperation, type Node } from '../graph/node.ts'
import { full } from './full.ts'
import { broadcastTogether } from './support/broadcast.ts'
import { requireEqualShapes } from './support/define-map.ts'
import { where } from './where.ts'

export interface MaskedFillAttributes {
  readonly value: number
}

export const maskedFillOperation: CompositeOperation<MaskedFillAttributes> = {
  kind: 'composite',
  name: 'maskedFill',
  infer(inputs) {
    const [x, mask] = inputs
    requireEqualShapes('maskedFill', inputs)
    requireDType('maskedFill', mask!, ['bool'], 'a mask')
    return { shape: x!.shape, dtype: x!.dtype }
  },
  evaluate: ([x, mask], { attributes: { value } }) => x!.map((element, i) => (mask![i] === 0 ? element : value)),
  derivative: ({ inputs: [, mask], gradient }) => [maskedFill(gradient, mask!, 0), undefined],
  lower: ([x, mask], { value }) => where(mask!, full(x!.shape, value, x!.dtype), x!),
}

/**
 * `value` where the mask is true, the elements of `x` elsewhere: `torch.masked_fill`. Both broadcast.
 *
 * @param x any dtype
 * @param mask bool
 * @param value a number that the dtype of `x` can hold
 * @throws DTypeError when the mask is not bool, or the value does not fit the dtype
 * @throws ShapeError when the shapes do not broadcast
 */
export function maskedFill(x: Node, mask: Node, value: number): Node {
  // Throws where the dtype cannot hold the value.
  full([], value, x.dtype)
  return createNode(maskedFillOperation, broadcastTogether(x, mask, 'maskedFill'), { value })
}
