import { RandomStream } from '../../math/random.ts'
import { cos, sin } from '../../math/trigonometry.ts'
import { checkOptions, checkRange, scatter } from './planar.ts'
import type { PlanarData, PlanarOptions } from './planar.ts'

/** Options of `halfPlanes`. */
export interface HalfPlanesOptions extends PlanarOptions {
  /** The least distance of a point from the line, before noise: from 0 to 0.5, 0.1 by default. */
  readonly margin?: number
}

/** How far the line passes the middle of the square at most. */
const FURTHEST = 0.3

/**
 * Points of the square from -1 to 1 on both sides of a straight line, with a strip along the line left empty. The seed
 * decides where the line lies: it passes the origin at a distance of 0.3 at most.
 *
 * @param options `noise` is 0 by default; with noise points may cross the line
 * @throws ArgumentError for options outside their range and unknown options
 *
 * @example
 * ```ts
 * import { halfPlanes, separate } from 'neurite/data'
 *
 * const { inputs, labels } = halfPlanes({ samples: 40, margin: 0.2 })
 * const points = Array.from(labels, (_, i) => [inputs[2 * i]!, inputs[2 * i + 1]!, 1])
 * console.log(separate({ points, labels }).separable) // → true
 * ```
 */
export function halfPlanes(options: HalfPlanesOptions): PlanarData {
  checkOptions('halfPlanes', options, ['margin'])
  const { margin = 0.1, seed = 0 } = options
  checkRange('halfPlanes', 'margin', margin, 0, 0.5)
  const stream = new RandomStream(seed, 'half-planes')
  const angle = stream.uniform(0, 2 * Math.PI)
  const [across, up, offset] = [cos(angle), sin(angle), stream.uniform(-FURTHEST, FURTHEST)]
  return scatter('halfPlanes', options, 2, 0, stream, (label, _along, point) => {
    const side = label === 1 ? 1 : -1
    do {
      point[0] = stream.uniform(-1, 1)
      point[1] = stream.uniform(-1, 1)
    } while (side * (across * point[0] + up * point[1] - offset) < margin)
  })
}
