import { elementCount, type Node, type Shape } from '../graph/node.ts'
import { add } from './add.ts'
import { constant } from './constant.ts'
import { expand } from './expand.ts'
import { iota } from './iota.ts'
import { reshape } from './reshape.ts'
import { threefry } from './threefry.ts'

/** Where random numbers come from: int32 scalars. Equal streams give equal numbers. */
export interface RandomStreamNodes {
  readonly key0: Node
  readonly key1: Node
  /** Advance it by one for every draw. */
  readonly counter: Node
}

/**
 * 32 random bits per element. Element i of the row-major order is the first word of Threefry-2x32 with counter words
 * (i + offset, counter), so any part can be computed without the rest.
 *
 * @param shape of the result
 * @param stream int32 scalars
 * @param offset added to the element numbers: two draws from one counter do not overlap when it is at least the count
 * @returns int32
 * @throws DTypeError when a part of the stream is not int32
 */
export function randomBits(shape: Shape, stream: RandomStreamNodes, offset = 0): Node {
  const counted = iota(elementCount(shape))
  const index = reshape(offset === 0 ? counted : add(counted, constant(offset, 'int32')), shape)
  return threefry(expand(stream.key0, shape), expand(stream.key1, shape), expand(stream.counter, shape), index)
}
