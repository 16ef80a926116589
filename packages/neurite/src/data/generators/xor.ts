import { RandomStream } from '../../math/random.ts'
import { checkOptions, checkRange, checkSamples } from './planar.ts'
import type { PlanarData, PlanarOptions } from './planar.ts'

/**
 * The exclusive-or problem, which no straight line separates: points about the four corners of the unit square, class 1
 * where exactly one coordinate is 1. Without noise the corners follow each other, so `samples: 4` is the truth table.
 *
 * @param options `noise` is 0 by default
 * @throws ArgumentError for options outside their range and unknown options
 *
 * @example
 * ```ts
 * import { xor } from 'neurite/data'
 *
 * const { inputs, labels } = xor({ samples: 4 })
 * console.log([...inputs].join(' '), '|', [...labels].join(' ')) // → 0 0 0 1 1 0 1 1 | 0 1 1 0
 * ```
 */
export function xor(options: PlanarOptions): PlanarData {
  checkOptions('xor', options)
  const { samples, noise = 0, seed = 0 } = options
  checkSamples('xor', samples)
  checkRange('xor', 'noise', noise, 0, 1e6)
  const stream = new RandomStream(seed, 'xor')
  const inputs = new Float32Array(samples * 2)
  const labels = new Int32Array(samples)
  for (let i = 0; i < samples; i++) {
    const x = (i >> 1) & 1
    const y = i & 1
    inputs[2 * i] = x + noise * stream.normal()
    inputs[2 * i + 1] = y + noise * stream.normal()
    labels[i] = x ^ y
  }
  return { inputs, labels }
}
