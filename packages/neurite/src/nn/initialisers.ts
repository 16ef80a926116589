import type { RandomStream } from '../math/index.ts'
import type { Initialiser } from './initial-values.ts'

const WORD = 4294967296

/** Uniform numbers from `low` to `high`; one random word for each. */
export function uniformBetween(low: number, high: number): Initialiser {
  return (values, stream) => {
    const words = new Uint32Array(Math.min(values.length, 1024))
    for (let start = 0; start < values.length; start += words.length) {
      const count = Math.min(words.length, values.length - start)
      stream.fillBits(words.subarray(0, count))
      for (let i = 0; i < count; i++) values[start + i] = low + (high - low) * (words[i]! / WORD)
    }
  }
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
