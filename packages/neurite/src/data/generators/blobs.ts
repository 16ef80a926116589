import { RandomStream } from '../../math/random.ts'
import { cos, sin } from '../../math/trigonometry.ts'
import { checkOptions, checkRange, scatter } from './planar.ts'
import type { PlanarData, PlanarOptions } from './planar.ts'

/** Options of `blobs`. */
export interface BlobsOptions extends PlanarOptions {
  /** How many clouds, one class each: an integer from 2 to 100, 2 by default. */
  readonly classes?: number
  /** Distance of the clouds' centres from the origin: from 0 to 1000, 1 by default. */
  readonly radius?: number
  /**
   * With `true` every class can be divided from the others by a straight line with a gap: noise that would carry a point
   * too close to the other clouds is drawn again. Needs a radius above 0. Default false.
   */
  readonly separable?: boolean
}

/** The share of the room between the clouds that stays empty when the clouds are separable. */
const GAP = 0.1

/**
 * Round clouds of points, their centres evenly spaced on a circle about the origin (the first at angle 0.5).
 *
 * @param options `noise` is 0.3 by default, less where separable clouds have less room
 * @throws ArgumentError for options outside their range and unknown options
 *
 * @example
 * ```ts
 * import { blobs } from 'neurite/data'
 *
 * const { inputs, labels } = blobs({ samples: 200, separable: true })
 * const side = (i: number) => inputs[2 * i]! * Math.cos(0.5) + inputs[2 * i + 1]! * Math.sin(0.5)
 * console.log(labels.every((label, i) => side(i) > 0 === (label === 0))) // → true
 * ```
 */
export function blobs(options: BlobsOptions): PlanarData {
  checkOptions('blobs', options, ['classes', 'radius', 'separable'])
  const { classes = 2, radius = 1, separable = false, seed = 0 } = options
  checkRange('blobs', 'classes', Number.isInteger(classes) ? classes : NaN, 2, 100)
  checkRange('blobs', 'radius', radius, separable ? 0.001 : 0, 1000)
  // Half the distance of a centre from the line through its two neighbours, less the gap.
  const halfAngle = sin(Math.PI / classes)
  const reach = radius * halfAngle * halfAngle * (1 - GAP)
  const noise = options.noise ?? (separable ? Math.min(0.3, reach) : 0.3)
  checkRange('blobs', 'noise', noise, 0, separable ? 3 * reach : 1e6)
  const stream = new RandomStream(seed, 'blobs')
  const furthest = separable ? reach * reach : Infinity
  return scatter('blobs', { ...options, noise: 0 }, classes, 0, stream, (label, _along, point) => {
    const angle = 0.5 + (2 * Math.PI * label) / classes
    let x = noise * stream.normal()
    let y = noise * stream.normal()
    while (x * x + y * y > furthest) {
      x = noise * stream.normal()
      y = noise * stream.normal()
    }
    point[0] = radius * cos(angle) + x
    point[1] = radius * sin(angle) + y
  })
}
