import { RandomStream } from '../../math/random.ts'
import { cos, sin } from '../../math/trigonometry.ts'
import { checkOptions, scatter } from './planar.ts'
import type { PlanarData, PlanarOptions } from './planar.ts'

/**
 * Two half circles that reach into each other: class 0 is the upper half of the unit circle, class 1 a lower half moved
 * to (1, 0.5).
 *
 * @param options `noise` is 0.1 by default
 * @throws ArgumentError for options outside their range and unknown options
 *
 * @example
 * ```ts
 * import { twoMoons } from 'neurite/data'
 *
 * const { inputs, labels } = twoMoons({ samples: 100 })
 * console.log(inputs.length, labels.filter((label) => label === 1).length) // → 200 50
 * ```
 */
export function twoMoons(options: PlanarOptions): PlanarData {
  checkOptions('twoMoons', options)
  const stream = new RandomStream(options.seed ?? 0, 'two-moons')
  return scatter('twoMoons', options, 2, 0.1, stream, (label, along, point) => {
    const angle = Math.PI * along
    point[0] = label === 0 ? cos(angle) : 1 - cos(angle)
    point[1] = label === 0 ? sin(angle) : 0.5 - sin(angle)
  })
}
