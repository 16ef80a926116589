import type { DataKind } from './run/spec.ts'

/** What Play goes through in the chapter on one neuron: two products, their sum with the bias, the answer. */
export const NEURON_PASS = 4

/** The introduction's neuron has a threshold; later ones have it in their bias. */
export const thresholdOf = (data: DataKind): number => (data === 'example' ? 0.5 : 0)

/** The numbers that can be changed, in the order in which the neuron uses them. */
export const NEURON_NUMBERS = [
  { name: 'w1', path: '0.weight', index: 0 },
  { name: 'w2', path: '0.weight', index: 1 },
  { name: 'b', path: '0.bias', index: 0 },
] as const

/** Where the line of a neuron lies: it says yes on the side to which the weights point. */
export interface Line {
  /** Length of the weights: how steeply the sum grows across the line. */
  readonly length: number
  /** From the origin to the line; negative where the origin is on the side that says yes. */
  readonly distance: number
}

export function lineOf([w1, w2]: readonly [number, number], bias: number, threshold = 0): Line {
  const length = Math.sqrt(w1 * w1 + w2 * w2)
  return { length, distance: (threshold - bias) / length }
}
