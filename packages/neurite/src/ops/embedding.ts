import { ShapeError } from '../errors.ts'
import { createNode, elementCount, type CompositeOperation, type Node } from '../graph/node.ts'
import { indexSelect } from './index-select.ts'
import { reshape } from './reshape.ts'
import type { NoAttributes } from './support/define-map.ts'
import { toIndex } from './support/indexing.ts'
import { indexedOffsets } from './support/indexed-offsets.ts'

export const embeddingOperation: CompositeOperation<NoAttributes> = {
  kind: 'composite',
  name: 'embedding',
  infer([weight, indices]) {
    if (weight!.shape.length !== 2) {
      throw new ShapeError({
        what: `embedding: the weight has shape [${weight!.shape.join(', ')}]`,
        expected: 'two dimensions: [number of entries, size of one]',
        fix: 'reshape the weight',
      })
    }
    return { shape: [...indices!.shape, weight!.shape[1]!], dtype: weight!.dtype }
  },
  evaluate([weight, indices], { inputs, output }) {
    const [entries, size] = inputs[0]!.shape as [number, number]
    const result = new Float64Array(elementCount(output.shape))
    const offsets = indexedOffsets('embedding', [entries], [indices!.length], indices!, 0)
    for (const [i, entry] of offsets.entries()) {
      result.set(weight!.subarray(entry * size, (entry + 1) * size), i * size)
    }
    return result
  },
  lower([weight, indices]) {
    const rows = indexSelect(weight!, 0, reshape(indices!, [elementCount(indices!.shape)]))
    return reshape(rows, [...indices!.shape, weight!.shape[1]!])
  },
}

/**
 * A row of a table for each index: `torch.nn.functional.embedding`.
 *
 * @param weight [entries, size], any dtype
 * @param indices int32 or uint8, any shape
 * @returns the shape of `indices` with `size` added at the end
 * @throws ShapeError when the weight does not have two dimensions
 * @throws DTypeError when the indices are no integers
 * @throws IndexOutOfRangeError on the reference backend, for an index outside the table
 */
export function embedding(weight: Node, indices: Node): Node {
  return createNode(embeddingOperation, [weight, toIndex('embedding', indices)], {})
}
