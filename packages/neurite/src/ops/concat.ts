import { ArgumentError, ShapeError } from '../errors.ts'
import {
  createNode,
  elementCount,
  type ConcatAttributes,
  type KernelOperation,
  type Node,
  type TensorType,
} from '../graph/node.ts'
import { cast } from './cast.ts'
import { slice } from './slice.ts'
import { normaliseAxis } from './support/axes.ts'
import { promotedType } from './support/broadcast.ts'

export const concatOperation: KernelOperation<ConcatAttributes> = {
  kind: 'kernel',
  kernel: 'concat',
  name: 'concat',
  infer(inputs, { axis }) {
    const first = inputs[0]!
    for (const input of inputs) checkFits(first, input, axis)
    const length = inputs.reduce((total, input) => total + input.shape[axis]!, 0)
    return { shape: first.shape.with(axis, length), dtype: first.dtype }
  },
  evaluate(values, { inputs, attributes: { axis }, output }) {
    const result = new Float64Array(elementCount(output.shape))
    const rowLength = elementCount(output.shape.slice(axis))
    let place = 0
    for (const [i, input] of inputs.entries()) {
      const part = elementCount(input.shape.slice(axis))
      for (let row = 0; row * rowLength < result.length; row++) {
        result.set(values[i]!.subarray(row * part, (row + 1) * part), row * rowLength + place)
      }
      place += part
    }
    return result
  },
  derivative({ inputs, attributes: { axis }, gradient }) {
    const start = gradient.shape.map(() => 0)
    return inputs.map((input) => {
      const part = slice(gradient, { start, size: input.shape })
      start[axis]! += input.shape[axis]!
      return part
    })
  },
}

/**
 * Tensors one after the other along an axis: `torch.cat`. Different dtypes are promoted to a common one.
 *
 * @param tensors at least one; shapes are equal but for `axis`
 * @param axis negative axes count from the end
 * @throws ArgumentError when there are no tensors
 * @throws ShapeError when another dimension than `axis` differs
 * @throws IndexOutOfRangeError for an axis that does not exist
 */
export function concat(tensors: readonly Node[], axis = 0): Node {
  const [first] = tensors
  if (first === undefined) {
    throw new ArgumentError({
      what: 'concat: the list of tensors is empty',
      expected: 'at least one tensor',
      fix: 'pass the tensors to join',
    })
  }
  const along = normaliseAxis('concat', axis, first.shape.length)
  if (tensors.length === 1) return first
  const dtype = tensors.map((tensor) => tensor.dtype).reduce(promotedType)
  const equal = tensors.map((tensor) => cast(tensor, dtype))
  return createNode(concatOperation, equal, { axis: along })
}

function checkFits(first: TensorType, input: TensorType, axis: number): void {
  const fits =
    input.shape.length === first.shape.length && input.shape.every((size, i) => i === axis || size === first.shape[i])
  if (fits) return
  throw new ShapeError({
    what: `concat: shape [${input.shape.join(', ')}] does not fit beside [${first.shape.join(', ')}] along axis ${axis}`,
    expected: `equal shapes in all axes but ${axis}`,
    fix: 'reshape or pad the tensors to equal sizes, or join them along another axis',
  })
}
