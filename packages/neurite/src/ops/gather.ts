import { createNode, type IndexAttributes, type KernelOperation, type Node } from '../graph/node.ts'
import { full } from './full.ts'
import { scatterAdd } from './scatter-add.ts'
import { normaliseAxis } from './support/axes.ts'
import { checkIndexShape, toIndex } from './support/indexing.ts'
import { indexedOffsets } from './support/indexed-offsets.ts'

export const gatherOperation: KernelOperation<IndexAttributes> = {
  kind: 'kernel',
  kernel: 'gather',
  name: 'gather',
  infer([x, index], { axis }) {
    checkIndexShape('gather', x!, index!, axis)
    return { shape: index!.shape, dtype: x!.dtype }
  },
  evaluate([x, index], { inputs, attributes: { axis } }) {
    const offsets = indexedOffsets('gather', inputs[0]!.shape, inputs[1]!.shape, index!, axis)
    return Float64Array.from(offsets, (offset) => x![offset]!)
  },
  derivative({ inputs: [x, index], attributes: { axis }, gradient }) {
    return [scatterAdd(full(x!.shape, 0, x!.dtype), axis, index!, gradient), undefined]
  },
}

/**
 * Picks elements along an axis by their positions: `torch.gather`.
 * `output[i][j][k] = x[i][index[i][j][k]][k]` for axis 1 of three.
 *
 * @param x any dtype
 * @param axis negative axes count from the end
 * @param index int32 or uint8, as many dimensions as `x`; outside `axis` its sizes may be smaller than those of `x`
 * @returns a node with the shape of `index` and the dtype of `x`
 * @throws DTypeError when `index` holds no integers
 * @throws ShapeError when the shapes do not fit
 * @throws IndexOutOfRangeError for an axis that does not exist; on the reference backend also for an index outside the axis
 */
export function gather(x: Node, axis: number, index: Node): Node {
  const along = normaliseAxis('gather', axis, x.shape.length)
  return createNode(gatherOperation, [x, toIndex('gather', index)], { axis: along })
}
