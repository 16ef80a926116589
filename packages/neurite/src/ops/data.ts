import { ShapeError } from '../errors.ts'
import type { DataAttributes, Node, SourceOperation } from '../graph/node.ts'
import { createNode, elementCount } from '../graph/node.ts'

export const dataOperation: SourceOperation<DataAttributes> = {
  kind: 'source',
  name: 'data',
  infer(_inputs, { data: values, shape, dtype }) {
    if (values.length !== elementCount(shape)) {
      throw new ShapeError({
        what: `data: ${values.length} values for the shape [${shape.join(', ')}]`,
        expected: `${elementCount(shape)} values`,
        fix: 'pass the shape that the values have',
      })
    }
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
