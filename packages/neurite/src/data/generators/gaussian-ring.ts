import { ArgumentError } from '../../errors.ts'
import { RandomStream } from '../../math/random.ts'
import { cos, sin } from '../../math/trigonometry.ts'
import { requireKnownOptions } from '../options.ts'
import { checkOptions, checkRange, scatter } from './planar.ts'
import type { PlanarData, PlanarOptions } from './planar.ts'

/** Where the Gaussians of a ring lie. */
export interface RingOptions {
  /** How many: a whole number from 2 to 100, 8 by default. */
  readonly modes?: number
  /** Distance of their centres from the origin: from 0.01 to 1000, 2 by default. */
  readonly radius?: number
}

/** Options of `gaussianRing`. */
export interface GaussianRingOptions extends PlanarOptions, RingOptions {}

/**
 * Points of narrow Gaussians whose centres lie evenly on a circle, the usual test of whether a generator finds all modes.
 * `noise`, the deviation of each, is 0.02 by default; the label is the number of the Gaussian.
 *
 * Source: after L. Metz et al., "Unrolled Generative Adversarial Networks" (2017).
 *
 * @throws ArgumentError for options outside their range and unknown options
 *
 * @example
 * ```ts
 * import { gaussianRing, measureRing } from 'neurite/data'
 *
 * const { inputs } = gaussianRing({ samples: 800, seed: 1 })
 * console.log(measureRing(inputs)) // → { modes: 8, close: 1 }
 * ```
 */
export function gaussianRing(options: GaussianRingOptions): PlanarData {
  checkOptions('gaussianRing', options, ['modes', 'radius'])
  const centers = ringCenters('gaussianRing', options)
  const stream = new RandomStream(options.seed ?? 0, 'gaussian-ring')
  return scatter('gaussianRing', options, centers.length / 2, 0.02, stream, (label, _along, point) => {
    point[0] = centers[2 * label]!
    point[1] = centers[2 * label + 1]!
  })
}

/** How well points cover a ring of Gaussians. */
export interface RingCoverage {
  /** Gaussians that have at least a tenth of their share of the points close to them. */
  readonly modes: number
  /** The part of the points that is close to a Gaussian, from 0 to 1. */
  readonly close: number
}

/**
 * Measures how points `[n, 2]` cover a ring of Gaussians. A point is close to a Gaussian within `reach` of its centre: 0.1
 * by default, five deviations of `gaussianRing`. A Gaussian counts as found when it has a tenth of its fair share of all
 * points.
 *
 * @throws ArgumentError for options outside their range, unknown options, and no points
 */
export function measureRing(
  points: ArrayLike<number>,
  options: RingOptions & { readonly reach?: number } = {},
): RingCoverage {
  requireKnownOptions('measureRing', options, ['modes', 'radius', 'reach'])
  const { reach = 0.1 } = options
  checkRange('measureRing', 'reach', reach, 1e-6, 1000)
  const centers = ringCenters('measureRing', options)
  const count = points.length / 2
  if (!Number.isInteger(count) || count === 0) {
    throw new ArgumentError({
      what: `measureRing: ${points.length} numbers are no points`,
      expected: 'x and y of each point, one after the other',
      fix: 'pass the values of a tensor [n, 2]',
    })
  }
  const found = new Int32Array(centers.length / 2)
  for (let i = 0; i < count; i++) {
    for (let mode = 0; mode < found.length; mode++) {
      const dx = points[2 * i]! - centers[2 * mode]!
      const dy = points[2 * i + 1]! - centers[2 * mode + 1]!
      if (dx * dx + dy * dy > reach * reach) continue
      found[mode]!++
      break
    }
  }
  const share = count / found.length
  return {
    modes: found.filter((close) => close > 0 && close >= 0.1 * share).length,
    close: found.reduce((sum, close) => sum + close, 0) / count,
  }
}

/** x and y of each centre, the first on the x axis. */
function ringCenters(where: string, { modes = 8, radius = 2 }: RingOptions): Float64Array {
  checkRange(where, 'modes', Number.isInteger(modes) ? modes : NaN, 2, 100)
  checkRange(where, 'radius', radius, 0.01, 1000)
  const centers = new Float64Array(2 * modes)
  for (let mode = 0; mode < modes; mode++) {
    const angle = (2 * Math.PI * mode) / modes
    centers[2 * mode] = radius * cos(angle)
    centers[2 * mode + 1] = radius * sin(angle)
  }
  return centers
}
