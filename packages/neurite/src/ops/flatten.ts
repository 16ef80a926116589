import { ArgumentError } from '../errors.ts'
import { elementCount, type Node } from '../graph/node.ts'
import { reshape } from './reshape.ts'
import { normaliseAxis } from './support/axes.ts'

/**
 * Joins neighbouring axes into one: `torch.flatten`. A scalar becomes a vector of one element.
 *
 * @param x any shape and dtype
 * @param startAxis first of the joined axes (default 0)
 * @param endAxis last of them (default -1); negative axes count from the end
 * @throws IndexOutOfRangeError for an axis that does not exist
 * @throws ArgumentError when the last axis comes before the first
 */
export function flatten(x: Node, startAxis = 0, endAxis = -1): Node {
  const rank = Math.max(1, x.shape.length)
  const start = normaliseAxis('flatten', startAxis, rank)
  const end = normaliseAxis('flatten', endAxis, rank)
  if (end < start) {
    throw new ArgumentError({
      what: `flatten: axes ${startAxis} to ${endAxis} of shape [${x.shape.join(', ')}]`,
      expected: 'a first axis that does not come after the last one',
      fix: 'exchange the two axes',
    })
  }
  const joined = elementCount(x.shape.slice(start, end + 1))
  return reshape(x, [...x.shape.slice(0, start), joined, ...x.shape.slice(end + 1)])
}
