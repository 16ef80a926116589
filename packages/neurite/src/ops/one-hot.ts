import { ArgumentError } from '../errors.ts'
import { createNode, elementCount, type CompositeOperation, type Node } from '../graph/node.ts'
import { cast } from './cast.ts'
import { equal } from './equal.ts'
import { iota } from './iota.ts'
import { toIndex } from './support/indexing.ts'
import { unsqueeze } from './unsqueeze.ts'

export interface OneHotAttributes {
  readonly classes: number
}

export const oneHotOperation: CompositeOperation<OneHotAttributes> = {
  kind: 'composite',
  name: 'oneHot',
  infer([indices], { classes }) {
    if (!Number.isInteger(classes) || classes < 1) {
      throw new ArgumentError({
        what: `oneHot: the number of classes is ${classes}`,
        expected: 'a whole number of 1 or more',
        fix: 'pass the number of classes, one more than the largest index',
      })
    }
    return { shape: [...indices!.shape, classes], dtype: 'int32' }
  },
  evaluate([indices], { attributes: { classes }, output }) {
    const result = new Float64Array(elementCount(output.shape))
    for (const [i, index] of indices!.entries()) {
      if (index >= 0 && index < classes) result[i * classes + index] = 1
    }
    return result
  },
  lower: ([indices], { classes }) => cast(equal(unsqueeze(indices!, -1), iota(classes)), 'int32'),
}

/**
 * 1 at the position of each index and 0 elsewhere: `torch.nn.functional.one_hot`. An index outside the classes gives
 * zeros only (PyTorch throws).
 *
 * @param indices int32 or uint8, any shape
 * @param classes size of the new last dimension, 1 or more
 * @returns int32, the shape of `indices` with `classes` added at the end
 * @throws DTypeError when the indices are no integers
 * @throws ArgumentError when `classes` is no such number
 */
export function oneHot(indices: Node, classes: number): Node {
  return createNode(oneHotOperation, [toIndex('oneHot', indices)], { classes })
}
