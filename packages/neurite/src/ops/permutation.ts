import type { Node } from '../graph/node.ts'
import { argsort } from './argsort.ts'
import { randomBits, type RandomStreamNodes } from './random-bits.ts'

/**
 * The numbers 0 to `length - 1` in random order: `torch.randperm`. The order in which random bits sort.
 *
 * @param length a whole number of zero or more
 * @returns int32, [length]
 * @throws ShapeError when `length` is not such a number
 */
export function permutation(length: number, options: { readonly stream: RandomStreamNodes }): Node {
  return argsort(randomBits([length], options.stream))
}
