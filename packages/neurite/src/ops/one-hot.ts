import { requireWhole } from '../option-checks.ts'
import { IndexOutOfRangeError } from '../errors.ts'
import { createNode, elementCount, type CompositeOperation, type Node } from '../graph/node.ts'
import { cast } from './cast.ts'
import { equal } from './equal.ts'
import { gather } from './gather.ts'
import { iota } from './iota.ts'
import { reshape } from './reshape.ts'
import { toIndex } from './support/indexing.ts'

export interface OneHotAttributes {
  readonly classes: number
}

export const oneHotOperation: CompositeOperation<OneHotAttributes> = {
  kind: 'composite',
  name: 'oneHot',
  infer([indices], { classes }) {
    requireWhole('oneHot', 'the number of classes', classes, 1)
    return { shape: [...indices!.shape, classes], dtype: 'int32' }
  },
  evaluate([indices], { attributes: { classes }, output }) {
    const result = new Float64Array(elementCount(output.shape))
    for (const [i, index] of indices!.entries()) {
      if (!(index >= 0 && index < classes)) {
        throw new IndexOutOfRangeError({
          what: `oneHot: index ${index} along axis 0`,
          expected: `indices from 0 to ${classes - 1}`,
          fix: 'check the labels against the number of classes',
        })
      }
      result[i * classes + index] = 1
    }
    return result
  },
  lower([indices], { classes }) {
    const classNumbers = iota(classes)
    // Picking a number by itself gives it back, and refuses what is no class.
    const checked = gather(classNumbers, 0, reshape(indices!, [elementCount(indices!.shape)]))
    return cast(equal(reshape(checked, [...indices!.shape, 1]), classNumbers), 'int32')
  },
}

/**
 * 1 at the position of each index and 0 elsewhere: `torch.nn.functional.one_hot`.
 *
 * @param indices int32 or uint8, any shape
 * @param classes size of the new last dimension, 1 or more
 * @returns int32, the shape of `indices` with `classes` added at the end
 * @throws DTypeError when the indices are no integers
 * @throws ArgumentError when `classes` is no such number
 * @throws IndexOutOfRangeError for an index outside the classes, when the values are computed
 */
export function oneHot(indices: Node, classes: number): Node {
  return createNode(oneHotOperation, [toIndex('oneHot', indices)], { classes })
}
