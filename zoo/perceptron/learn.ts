import { dot, Perceptron } from './perceptron.ts'
import type { Examples } from './perceptron.ts'
import { separate } from './separation.ts'
import type { Separation } from './separation.ts'

export interface Learned {
  readonly perceptron: Perceptron
  /** Mistakes in each pass over the examples; the last pass of a success has none. */
  readonly mistakes: readonly number[]
  readonly separation: Separation
  /** How many mistakes it can make at most; undefined where no line separates the classes. */
  readonly bound: Bound | undefined
}

export interface Bound {
  /** R: the length of the longest example, its constant 1 included. */
  readonly radius: number
  /** gamma: the margin of the line that separates the classes. */
  readonly margin: number
  /** (R/gamma)^2: at most so many mistakes from a start at 0. */
  readonly fromZero: number
  /** (R/gamma)^2 + 2 |w0| / gamma: the same from a start at the weights w0. */
  readonly fromStart: number
}

/** Without success after so many passes, it is time to ask whether success is possible. */
const patience = 20

/**
 * Passes over the examples until one has no mistake. Where no line separates the classes this never happens; then the
 * proof of it ends the learning.
 */
export function learn(examples: Examples, seed: number): Learned {
  const perceptron = new Perceptron(examples.points[0]!.length - 1, seed)
  const start = perceptron.weights
  const mistakes = [perceptron.learn(examples)]
  const isDone = (): boolean => mistakes.at(-1) === 0
  while (!isDone() && mistakes.length < patience) mistakes.push(perceptron.learn(examples))
  const separation = separate(examples)
  if (!separation.separable) return { perceptron, mistakes, separation, bound: undefined }
  // A line exists, so the bound says that this loop ends.
  while (!isDone()) mistakes.push(perceptron.learn(examples))
  return { perceptron, mistakes, separation, bound: boundOf(examples, separation.margin, start) }
}

/**
 * Each mistake moves the weights along the best line by at least gamma, but makes them longer than before by little: the
 * square of their length grows by at most R^2. Both can be true only for so many mistakes.
 *
 * Source: A. Novikoff, "On convergence proofs on perceptrons" (1962), here for a start at any weights.
 */
function boundOf({ points }: Examples, margin: number, start: readonly number[]): Bound {
  const radius = Math.sqrt(Math.max(...points.map((point) => dot(point, point))))
  const ratio = radius / margin
  const fromZero = ratio * ratio
  return { radius, margin, fromZero, fromStart: fromZero + (2 * Math.sqrt(dot(start, start))) / margin }
}
