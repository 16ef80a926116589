import type { Node } from '../graph/node.ts'
import { add } from './add.ts'
import { argmax } from './argmax.ts'
import { log } from './log.ts'
import { minimum } from './minimum.ts'
import { neg } from './neg.ts'
import type { RandomStreamNodes } from './random-bits.ts'
import { sub } from './sub.ts'
import { requireFloat } from './support/broadcast.ts'
import { uniform } from './uniform.ts'

/** Half of the distance of neighbouring draws, and the largest float32 below 1. */
const HALF_STEP = 1 / 33554432
const BELOW_ONE = 1 - 1 / 16777216

/**
 * Random classes with the probabilities softmax(logits): `torch.distributions.Categorical(logits=...).sample()`. Gumbel's
 * maximum: the class with the largest `logit - ln(-ln u)`. A logit of -Infinity is never drawn while another is finite.
 *
 * @param logits float32, [..., classes]; repeat rows with expand to draw several times
 * @returns int32, [...]
 * @throws DTypeError when `logits` is not float32
 * @throws IndexOutOfRangeError when `logits` is a scalar
 */
export function categorical(logits: Node, options: { readonly stream: RandomStreamNodes }): Node {
  requireFloat('categorical', logits)
  // Never 0 nor 1, where the logarithms would be infinite.
  const u = minimum(add(uniform(logits.shape, options), HALF_STEP), BELOW_ONE)
  return argmax(sub(logits, log(neg(log(u)))), { axis: -1 })
}
