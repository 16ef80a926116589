import { circles, spirals, xor } from 'neurite/data'
import { type DataSpec, freshSeed } from '../core/run/spec.ts'
import type { Points } from './plane.ts'

/** The points that a specification names: the calls that the program in the Code tab makes. */
export function makePoints({ kind, samples, noise, seed }: DataSpec): Points {
  const options = { samples, noise, seed }
  const { inputs, labels } =
    kind === 'circle' ? circles(options) : kind === 'spiral' ? spirals({ ...options, turns: 1 }) : xor(options)
  // The corners of the square lie at -1 and 1.
  if (kind === 'xor') for (let i = 0; i < inputs.length; i++) inputs[i] = 2 * inputs[i]! - 1
  return { inputs, labels: Float32Array.from(labels) }
}

/** Points of the same kind that nobody trains on. */
export const freshPoints = (data: DataSpec, samples = 500): Points =>
  makePoints({ ...data, samples, seed: freshSeed(data) })
