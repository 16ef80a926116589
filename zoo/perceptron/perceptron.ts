import { RandomStream } from 'neurite'
import type { PlanarData } from 'neurite/data'

/** An example with a constant 1 behind its inputs, so that the bias is a weight like the others. */
export type Point = readonly number[]

export interface Examples {
  readonly points: readonly Point[]
  /** 0 or 1, one for each point. */
  readonly labels: readonly number[]
}

/** Points of the plane in the form that the perceptron takes. */
export function examplesOf({ inputs, labels }: PlanarData): Examples {
  return {
    points: Array.from(labels, (_, i) => [inputs[2 * i]!, inputs[2 * i + 1]!, 1]),
    labels: [...labels],
  }
}

export const dot = (a: Point, b: Point): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0)

/**
 * Rosenblatt's perceptron: a weighted sum, a step, and a learning rule that needs no derivative.
 *
 * Source: F. Rosenblatt, "The perceptron", Psychological Review 65 (1958).
 */
export class Perceptron {
  /** One per input, and the bias. */
  weights: number[]

  constructor(inputs: number, seed: number) {
    const random = new RandomStream(seed, 'perceptron')
    this.weights = Array.from({ length: inputs + 1 }, () => random.uniform(-0.5, 0.5))
  }

  predict(point: Point): 0 | 1 {
    return dot(this.weights, point) >= 0 ? 1 : 0
  }

  /** One pass over the examples: each error moves the weights. Gives the number of mistakes. */
  learn({ points, labels }: Examples): number {
    let mistakes = 0
    points.forEach((point, i) => {
      const error = labels[i]! - this.predict(point)
      if (error === 0) return
      mistakes++
      this.weights = this.weights.map((weight, k) => weight + error * point[k]!)
    })
    return mistakes
  }
}
