import { circles, spirals, xor } from 'neurite/data'
import { type DataSpec, freshSeed } from '../core/run/spec.ts'

/** Points of the plane with a class each, 0 or 1. */
export interface Points {
  readonly inputs: Float32Array
  readonly labels: Float32Array
}

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

/** Points between -reach and reach in both directions, row by row from the top left: what a surface is drawn from. */
export function gridPoints(size: number, reach: number): Float32Array {
  const points = new Float32Array(size * size * 2)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const at = 2 * (row * size + column)
      points[at] = reach * ((2 * column + 1) / size - 1)
      points[at + 1] = reach * (1 - (2 * row + 1) / size)
    }
  }
  return points
}

/** How far the picture of the world reaches from its middle. */
export const WORLD_REACH = 1.7
export const GRID_SIZE = 50
