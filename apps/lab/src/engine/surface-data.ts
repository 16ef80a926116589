import { RandomStream } from 'neurite'
import { FIRST_RATIO, SURFACE_REACH, surfaceKind } from '../core/surface.ts'
import type { DataSpec, RunSpec } from '../core/run/spec.ts'

/** Examples with two inputs and the number that should come out. */
export interface Examples {
  readonly x1: Float32Array
  readonly x2: Float32Array
  readonly y: Float32Array
}

/** How many times as large the numbers of the second input are. */
export function ratioOf(seed: number): number {
  if (seed === 1) return FIRST_RATIO
  return Math.round(new RandomStream(seed, 'ratio').uniform(3, 15) * 10) / 10
}

/**
 * An experiment in which more and less of both inputs are combined: y = 2 x₁ + 2 x₂, and errors that favour neither.
 * The curvature along w₁ is 1, along w₂ the square of the ratio.
 */
function valley({ samples, noise, seed }: DataSpec): Examples {
  const stream = new RandomStream(seed, 'valley')
  const [x1, x2, errors]: [number[], number[], number[]] = [[], [], []]
  let [size1, size2, error] = [0, 0, 0]
  for (let i = 0; i < samples; i++) {
    if (i % 4 === 0) [size1, size2, error] = [stream.uniform(0.5, 1.5), stream.uniform(0.5, 1.5), stream.normal()]
    const [sign1, sign2] = [i & 1 ? -1 : 1, i & 2 ? -1 : 1]
    x1.push(sign1 * size1)
    x2.push(sign2 * size2)
    errors.push(sign1 * sign2 * noise * error)
  }
  const squares = (values: readonly number[]): number => values.reduce((sum, value) => sum + value * value, 0)
  const scale1 = Math.sqrt(samples / 2 / squares(x1))
  const scale2 = ratioOf(seed) * Math.sqrt(samples / 2 / squares(x2))
  return {
    x1: Float32Array.from(x1, (value) => scale1 * value),
    x2: Float32Array.from(x2, (value) => scale2 * value),
    y: Float32Array.from(errors, (error, i) => 2 * scale1 * x1[i]! + 2 * scale2 * x2[i]! + error),
  }
}

/** The examples that a specification names: the program in the Code tab makes the same ones. */
export async function surfaceExamples(data: DataSpec): Promise<Examples> {
  if (surfaceKind(data) === 'fit') return valley(data)
  // The generators of points are not loaded before a network wants them.
  const { makePoints } = await import('./data.ts')
  const { inputs, labels } = makePoints(data)
  return {
    x1: inputs.filter((_, i) => i % 2 === 0),
    x2: inputs.filter((_, i) => i % 2 === 1),
    // A network whose last sum is its answer: -1 or 1.
    y: labels.map((label) => 2 * label - 1),
  }
}

/** Where a run starts before anybody moved it. */
export function firstPlace({ seed, data }: RunSpec): readonly [number, number] {
  if (surfaceKind(data) === 'network') return [0, 0]
  if (seed === 1) return [1, 1]
  const stream = new RandomStream(seed, 'place')
  const { low, high } = SURFACE_REACH.fit
  const place = (): number => Math.round(stream.uniform(low + 0.2, high - 0.2) * 10) / 10
  return [place(), place()]
}
