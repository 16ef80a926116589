import { requireCount } from '../graph/require-count.ts'
import type { DataAttributes, Node, SourceOperation } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'

export const dataOperation: SourceOperation<DataAttributes> = {
  kind: 'source',
  name: 'data',
  infer(_inputs, { data: values, shape, dtype }) {
    requireCount('data', values.length, shape)
    return { shape, dtype }
  },
}

/**
 * Values that live in JavaScript memory, row-major: Float32Array for float32, Int32Array for int32, Uint8Array for uint8
 * and bool. They are not copied: whoever made them leaves them unchanged. Throws ShapeError where the number of values
 * does not fit the shape.
 */
export function data(attributes: DataAttributes): Node {
  return createNode(dataOperation, [], attributes)
}
