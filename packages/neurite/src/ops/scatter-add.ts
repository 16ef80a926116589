import { DTypeError, ShapeError } from '../errors.ts'
import { createNode, equalShapes, type IndexAttributes, type KernelOperation, type Node } from '../graph/node.ts'
import { gather } from './gather.ts'
import { slice } from './slice.ts'
import { normaliseAxis } from './support/axes.ts'
import { checkIndexShape, toIndex } from './support/indexing.ts'
import { indexedOffsets } from './support/indexed-offsets.ts'

export const scatterAddOperation: KernelOperation<IndexAttributes> = {
  kind: 'kernel',
  kernel: 'scatterAdd',
  name: 'scatterAdd',
  infer([base, index, source], { axis }) {
    checkIndexShape('scatterAdd', base!, index!, axis)
    if (!equalShapes(index!.shape, source!.shape)) throw sourceError(index!.shape, source!.shape)
    if (base!.dtype !== source!.dtype || (base!.dtype !== 'float32' && base!.dtype !== 'int32')) {
      throw new DTypeError({
        what: `scatterAdd: the base is ${base!.dtype} and the source is ${source!.dtype}`,
        expected: 'float32 for both, or int32 for both',
        fix: 'convert one of them with to()',
      })
    }
    return { shape: base!.shape, dtype: base!.dtype }
  },
  evaluate([base, index, source], { inputs, attributes: { axis }, output }) {
    const result = base!.slice()
    const offsets = indexedOffsets('scatterAdd', inputs[0]!.shape, inputs[1]!.shape, index!, axis)
    for (const [i, offset] of offsets.entries()) {
      const sum = result[offset]! + source![i]!
      result[offset] = output.dtype === 'int32' ? sum | 0 : sum
    }
    return result
  },
  derivative({ inputs: [, index], attributes: { axis }, gradient }) {
    return [gradient, undefined, gather(gradient, axis, index!)]
  },
}

/**
 * A copy of `base` with the elements of `source` added at the places that `index` names, in the order of `source`:
 * `Tensor.scatter_add`. `output[i][index[i][j][k]][k] += source[i][j][k]` for axis 1 of three.
 *
 * @param base float32 or int32
 * @param axis negative axes count from the end
 * @param index int32 or uint8, as many dimensions as `base`; outside `axis` its sizes may be smaller than those of `base`
 * @param source the dtype of `base`; at least as large as `index` in every dimension, what lies beyond is not used
 * @throws DTypeError when `index` holds no integers, or `base` and `source` differ
 * @throws ShapeError when the shapes do not fit
 * @throws IndexOutOfRangeError for an axis that does not exist; on the reference backend also for an index outside the axis
 */
export function scatterAdd(base: Node, axis: number, index: Node, source: Node): Node {
  const along = normaliseAxis('scatterAdd', axis, base.shape.length)
  const covered = source.shape.length === index.shape.length && index.shape.every((size, i) => size <= source.shape[i]!)
  if (!covered) throw sourceError(index.shape, source.shape)
  const used = slice(source, { start: index.shape.map(() => 0), size: index.shape })
  return createNode(scatterAddOperation, [base, toIndex('scatterAdd', index), used], { axis: along })
}

function sourceError(index: readonly number[], source: readonly number[]): ShapeError {
  return new ShapeError({
    what: `scatterAdd: the source has shape [${source.join(', ')}] and the index [${index.join(', ')}]`,
    expected: 'a source that is at least as large as the index in every dimension',
    fix: 'expand the source to the shape of the index',
  })
}
