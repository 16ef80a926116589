import { RandomStream } from '../../math/random.ts'
import { cos, sin } from '../../math/trigonometry.ts'
import { checkOptions, checkRange, scatter } from './planar.ts'
import type { PlanarData, PlanarOptions } from './planar.ts'

/** Options of `circles`. */
export interface CirclesOptions extends PlanarOptions {
  /** Radius of the inner circle; the outer has radius 1. From 0.01 to 0.99, 0.5 by default. */
  readonly factor?: number
}

/**
 * Two circles about the origin: class 0 on the outer one of radius 1, class 1 on the inner one.
 *
 * @param options `noise` is 0.05 by default
 * @throws ArgumentError for options outside their range and unknown options
 *
 * @example
 * ```ts
 * import { circles } from 'neurite/data'
 *
 * const { inputs, labels } = circles({ samples: 100, noise: 0, factor: 0.25 })
 * const radius = (i: number) => Math.hypot(inputs[2 * i]!, inputs[2 * i + 1]!)
 * console.log(labels.every((label, i) => Math.abs(radius(i) - (label === 0 ? 1 : 0.25)) < 1e-6)) // → true
 * ```
 */
export function circles(options: CirclesOptions): PlanarData {
  checkOptions('circles', options, ['factor'])
  const { factor = 0.5, seed = 0 } = options
  checkRange('circles', 'factor', factor, 0.01, 0.99)
  return scatter('circles', options, 2, 0.05, new RandomStream(seed, 'circles'), (label, along, point) => {
    const radius = label === 0 ? 1 : factor
    const angle = 2 * Math.PI * along
    point[0] = radius * cos(angle)
    point[1] = radius * sin(angle)
  })
}
