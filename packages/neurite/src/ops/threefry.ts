import { requireDType } from '../require-dtype.ts'
import { createNode, elementCount, type MapOperation, type Node } from '../graph/node.ts'
import { threefryInto } from '../math/threefry.ts'
import { requireEqualShapes, type NoAttributes } from './support/define-map.ts'

export const threefryOperation: MapOperation<NoAttributes> = {
  kind: 'map',
  scalar: 'threefry',
  name: 'threefry',
  infer(inputs) {
    requireEqualShapes('threefry', inputs)
    for (const input of inputs) requireDType('threefry', input, ['int32'])
    return { shape: inputs[0]!.shape, dtype: 'int32' }
  },
  evaluate([key0, key1, counter, index], { output }) {
    const words = new Uint32Array(2)
    return Float64Array.from({ length: elementCount(output.shape) }, (_, i) => {
      threefryInto(words, key0![i]!, key1![i]!, index![i]!, counter![i]!)
      return words[0]! | 0
    })
  },
}

/**
 * Random bits elementwise: the first word of Threefry-2x32 with 20 rounds (Salmon and others, SC 2011), key
 * (key0, key1), counter words (index, counter).
 *
 * @param key0 int32, as the other inputs, all of the same shape
 * @throws DTypeError when an input is not int32
 * @throws ShapeError when the shapes differ
 */
export function threefry(key0: Node, key1: Node, counter: Node, index: Node): Node {
  return createNode(threefryOperation, [key0, key1, counter, index], {})
}
