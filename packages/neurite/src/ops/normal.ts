import { elementCount, type Node, type Shape } from '../graph/node.ts'
import { add } from './add.ts'
import { cos } from './cos.ts'
import { log } from './log.ts'
import { mul } from './mul.ts'
import { randomBits, type RandomStreamNodes } from './random-bits.ts'
import { sqrt } from './sqrt.ts'
import { sub } from './sub.ts'
import { unitInterval } from './unit-interval.ts'

/**
 * Random numbers from the normal distribution: `torch.randn`, `torch.normal`. Box and Muller's method from two draws per
 * element: `sqrt(-2 ln u1) cos(2 pi u2)`, u1 in (0, 1]. No number lies further than 5.8 deviations from the mean.
 *
 * @param shape of the result
 * @param options `stream`; `mean` (default 0); `standardDeviation` (default 1)
 * @returns float32
 */
export function normal(
  shape: Shape,
  options: { readonly stream: RandomStreamNodes; readonly mean?: number; readonly standardDeviation?: number },
): Node {
  const { stream, mean = 0, standardDeviation = 1 } = options
  const first = unitInterval(randomBits(shape, stream))
  const second = unitInterval(randomBits(shape, stream, elementCount(shape)))
  // 1 - u is exact and never 0, whose logarithm would be infinite.
  const radius = sqrt(mul(log(sub(1, first)), -2))
  const standard = mul(radius, cos(mul(second, 2 * Math.PI)))
  const scaled = standardDeviation === 1 ? standard : mul(standard, standardDeviation)
  return mean === 0 ? scaled : add(scaled, mean)
}
