import type { Node, Shape } from '../graph/node.ts'
import { add } from './add.ts'
import { mul } from './mul.ts'
import { randomBits, type RandomStreamNodes } from './random-bits.ts'
import { unitInterval } from './unit-interval.ts'

/**
 * Random numbers from the uniform distribution: `Tensor.uniform_`, `torch.rand`. `low + (high - low) u` with u one of the
 * 2^24 multiples of 2^-24 in [0, 1).
 *
 * @param shape of the result
 * @param options `stream`; `low` (default 0) and `high` (default 1, not reached but for rounding)
 * @returns float32
 */
export function uniform(
  shape: Shape,
  options: { readonly stream: RandomStreamNodes; readonly low?: number; readonly high?: number },
): Node {
  const { stream, low = 0, high = 1 } = options
  const unit = unitInterval(randomBits(shape, stream))
  const scaled = high - low === 1 ? unit : mul(unit, high - low)
  return low === 0 ? scaled : add(scaled, low)
}
