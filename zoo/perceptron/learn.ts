import { perceptronBound, separate } from 'neurite/data'
import type { Separation } from 'neurite/data'
import { Perceptron } from './perceptron.ts'
import type { Examples } from './perceptron.ts'

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
  /** gamma: the widest margin of a line that separates the classes. */
  readonly margin: number
  /** (R/gamma)^2: at most so many mistakes from a start at 0. */
  readonly fromZero: number
  /** The same from the start at random weights. */
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
  const { radius, margin, most } = perceptronBound(examples, start)!
  const ratio = radius / margin
  return { perceptron, mistakes, separation, bound: { radius, margin, fromZero: ratio * ratio, fromStart: most } }
}
