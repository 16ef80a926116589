import { ShapeError } from '../errors.ts'
import {
  createNode,
  elementCount,
  type CompositeOperation,
  type IndexAttributes,
  type Node,
  type Shape,
  type TensorType,
} from '../graph/node.ts'
import { expand } from './expand.ts'
import { gather } from './gather.ts'
import { reshape } from './reshape.ts'
import { normaliseAxis } from './support/axes.ts'
import { toIndex } from './support/indexing.ts'
import { indexedOffsets } from './support/indexed-offsets.ts'

export const indexSelectOperation: CompositeOperation<IndexAttributes> = {
  kind: 'composite',
  name: 'indexSelect',
  infer([x, indices], { axis }) {
    if (indices!.shape.length !== 1) {
      throw new ShapeError({
        what: `indexSelect: the indices have shape [${indices!.shape.join(', ')}]`,
        expected: 'one dimension',
        fix: 'flatten the indices, or use gather',
      })
    }
    return { shape: x!.shape.with(axis, indices!.shape[0]!), dtype: x!.dtype }
  },
  evaluate([x, indices], { inputs, attributes: { axis }, output }) {
    const index = repeatAlong(indices!, output.shape, axis)
    const offsets = indexedOffsets('indexSelect', inputs[0]!.shape, output.shape, index, axis)
    return Float64Array.from(offsets, (offset) => x![offset]!)
  },
  lower([x, indices], { axis }) {
    const shape: Shape = x!.shape.with(axis, indices!.shape[0]!)
    const along = reshape(
      indices!,
      shape.map((size, i) => (i === axis ? size : 1)),
    )
    return gather(x!, axis, expand(along, shape))
  },
}

/** For each element of `shape` the entry of `values` that its position along the axis names. */
function repeatAlong(values: Float64Array, shape: TensorType['shape'], axis: number): Float64Array {
  const inner = elementCount(shape.slice(axis + 1))
  return Float64Array.from(
    { length: elementCount(shape) },
    (_, position) => values[Math.floor(position / inner) % values.length]!,
  )
}

/**
 * Whole slices picked by their positions along an axis: `torch.index_select`.
 * `output[i][j][k] = x[i][indices[j]][k]` for axis 1 of three.
 *
 * @param x any dtype
 * @param axis negative axes count from the end
 * @param indices int32 or uint8, one dimension
 * @throws DTypeError when the indices are no integers
 * @throws ShapeError when they do not have one dimension
 * @throws IndexOutOfRangeError for an axis that does not exist; on the reference backend also for an index outside the axis
 */
export function indexSelect(x: Node, axis: number, indices: Node): Node {
  const along = normaliseAxis('indexSelect', axis, x.shape.length)
  return createNode(indexSelectOperation, [x, toIndex('indexSelect', indices)], { axis: along })
}
