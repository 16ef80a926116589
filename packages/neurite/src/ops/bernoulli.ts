import type { Node } from '../graph/node.ts'
import { cast } from './cast.ts'
import { less } from './less.ts'
import type { RandomStreamNodes } from './random-bits.ts'
import { requireFloat } from './support/broadcast.ts'
import { uniform } from './uniform.ts'

/**
 * 1 with the given probability, else 0: `torch.bernoulli`. Probabilities are rounded to multiples of 2^-24 upwards; 0 never
 * and 1 always gives 1. There is no gradient.
 *
 * @param probability float32, any shape; expand a scalar to fill a shape
 * @returns float32, the shape of `probability`
 * @throws DTypeError when `probability` is not float32
 */
export function bernoulli(probability: Node, options: { readonly stream: RandomStreamNodes }): Node {
  requireFloat('bernoulli', probability)
  return cast(less(uniform(probability.shape, options), probability), 'float32')
}
