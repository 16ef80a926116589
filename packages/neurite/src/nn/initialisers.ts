import type { RandomStream } from '../math/index.ts'
import type { Initialiser } from './initial-values.ts'

/** Uniform numbers from `low` to `high`; one random word for each. */
export function uniformBetween(low: number, high: number): Initialiser {
  return (values, stream) => stream.fillUniform(values, low, high)
}

/** Uniform numbers from `-bound` to `bound`. */
export function uniformWithin(bound: number): Initialiser {
  return uniformBetween(-bound, bound)
}

/** Numbers from the normal distribution. */
export function normalAround(mean: number, deviation: number): Initialiser {
  return (values: Float32Array, stream: RandomStream) => stream.fillNormal(values, mean, deviation)
}

/** The same number everywhere. */
export function constantValue(value: number): Initialiser {
  return (values) => {
    values.fill(value)
  }
}
