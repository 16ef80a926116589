import { ArgumentError } from '../../errors.ts'
import { separate, type TwoClasses } from './separate.ts'

/** How often the perceptron can be wrong at most, and what decides it. */
export interface PerceptronBound {
  /** R: the length of the longest example. */
  readonly radius: number
  /** gamma: the widest margin that a line through the origin can have. */
  readonly margin: number
  /** The most mistakes from the start. From a start at 0 it is (R/gamma)^2, rounded down. */
  readonly most: number
}

/**
 * How many mistakes the perceptron makes at most before it makes no more, in whatever order the examples come; undefined
 * where no line separates the classes, and it goes on for ever.
 *
 * Each mistake adds an example to the weights w. Along the best line u they grow by at least gamma, so after k mistakes
 * w·u is k gamma + w_0·u or more; but the square of their length grows by at most R^2, so it is |w_0|^2 + k R^2 or less. As no
 * vector is longer along a line than it is, k gamma + w_0·u <= sqrt(|w_0|^2 + k R^2); the bound is the largest such k.
 *
 * Source: A. Novikoff, "On convergence proofs on perceptrons" (1962), here for a start at any weights.
 *
 * @param examples points with a constant 1 behind each, if the perceptron has a bias
 * @param start the weights before the first mistake, as many as a point has numbers; 0 by default
 * @throws ArgumentError for a start of another length, and what `separate` throws
 *
 * @example
 * ```ts
 * import { perceptronBound } from 'neurite/data'
 *
 * const examples = { points: [[1, 0, 1], [0, 0, 1]], labels: [1, 0] }
 * const bound = perceptronBound(examples)!
 * console.log(bound.radius.toFixed(3), bound.margin.toFixed(3), bound.most) // → 1.414 0.447 10
 * // A start that is on the best line already leaves nothing to learn.
 * console.log(perceptronBound(examples, [2, 0, -1])!.most) // → 0
 * ```
 */
export function perceptronBound(examples: TwoClasses, start?: readonly number[]): PerceptronBound | undefined {
  const found = separate(examples)
  if (!found.separable) return undefined
  const { line, margin } = found
  const from = start ?? line.map(() => 0)
  if (from.length !== line.length || !from.every(Number.isFinite)) {
    throw new ArgumentError({
      what: `perceptronBound: the start is [${from.join(', ')}]`,
      expected: `${line.length} finite numbers, one for each number of a point`,
      fix: 'pass the weights and, where the points end with a constant 1, the bias behind them',
    })
  }
  const squared = Math.max(...examples.points.map((point) => dot(point, point)))
  const [along, length] = [dot(from, line), dot(from, from)]
  // The larger root of (k gamma + along)^2 = length + k R^2.
  const half = squared / 2 - margin * along
  const root = (half + Math.sqrt(half * half + margin * margin * Math.max(0, length - along * along))) / margin / margin
  // Rounding must not take away a mistake that is allowed.
  return { radius: Math.sqrt(squared), margin, most: Math.max(0, Math.floor(root * (1 + 1e-12))) }
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0)
