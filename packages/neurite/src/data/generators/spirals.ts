import { RandomStream } from '../../math/random.ts'
import { cos, sin } from '../../math/trigonometry.ts'
import { checkOptions, checkRange, scatter } from './planar.ts'
import type { PlanarData, PlanarOptions } from './planar.ts'

/** Options of `spirals`. */
export interface SpiralsOptions extends PlanarOptions {
  /** How many arms, one class each: an integer from 2 to 20, 2 by default. */
  readonly arms?: number
  /** How often an arm winds about the origin: from 0.1 to 10, 1.5 by default. */
  readonly turns?: number
}

/**
 * Spirals wound into each other, one arm for each class, from radius 0.1 to 1 about the origin.
 *
 * @param options `noise` is 0.02 by default
 * @throws ArgumentError for options outside their range and unknown options
 *
 * @example
 * ```ts
 * import { spirals } from 'neurite/data'
 *
 * const { labels } = spirals({ samples: 300, arms: 3 })
 * console.log([0, 1, 2].map((arm) => labels.filter((label) => label === arm).length).join(' ')) // → 100 100 100
 * ```
 */
export function spirals(options: SpiralsOptions): PlanarData {
  checkOptions('spirals', options, ['arms', 'turns'])
  const { arms = 2, turns = 1.5, seed = 0 } = options
  checkRange('spirals', 'arms', Number.isInteger(arms) ? arms : NaN, 2, 20)
  checkRange('spirals', 'turns', turns, 0.1, 10)
  return scatter('spirals', options, arms, 0.02, new RandomStream(seed, 'spirals'), (label, along, point) => {
    const radius = 0.1 + 0.9 * along
    const angle = 2 * Math.PI * (turns * along + label / arms)
    point[0] = radius * cos(angle)
    point[1] = radius * sin(angle)
  })
}
