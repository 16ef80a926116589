import { ArgumentError, ShapeError } from '../errors.ts'
import { equalShapes, type Node } from '../graph/node.ts'
import { concat } from './concat.ts'
import { normaliseAxis } from './support/axes.ts'
import { unsqueeze } from './unsqueeze.ts'

/**
 * Equally shaped tensors beside each other along a new axis: `torch.stack`. Different dtypes are promoted to a common one.
 *
 * @param tensors at least one
 * @param axis where the new axis will be (default 0); negative axes count from the end of the result
 * @throws ArgumentError when there are no tensors
 * @throws ShapeError when the shapes differ
 * @throws IndexOutOfRangeError for an axis that the result does not have
 */
export function stack(tensors: readonly Node[], axis = 0): Node {
  const [first] = tensors
  if (first === undefined) {
    throw new ArgumentError({
      what: 'stack: the list of tensors is empty',
      expected: 'at least one tensor',
      fix: 'pass the tensors to join',
    })
  }
  const along = normaliseAxis('stack', axis, first.shape.length + 1)
  const other = tensors.find((tensor) => !equalShapes(tensor.shape, first.shape))
  if (other !== undefined) {
    throw new ShapeError({
      what: `stack: shape [${other.shape.join(', ')}] beside [${first.shape.join(', ')}]`,
      expected: 'equal shapes',
      fix: 'reshape or pad the tensors to equal sizes, or join them with concat',
    })
  }
  return concat(
    tensors.map((tensor) => unsqueeze(tensor, along)),
    along,
  )
}
