import { RandomStream } from 'neurite'
import type { DataSpec, RunSpec } from '../core/run/spec.ts'
import { gridPoints, type Points } from './plane.ts'

/** The point of the introduction, which the neuron looks at first. */
export const FIRST_POINT: readonly [number, number] = [0.5, 0.6]

export const NEURON_WORLD = { low: -0.25, high: 1.25 } as const

/** The days that a specification names: the program in the Code tab makes the same ones. */
export function neuronPoints({ kind, samples, noise, seed }: DataSpec): Points {
  if (kind === 'example') return { inputs: Float32Array.from(FIRST_POINT), labels: Float32Array.of(1) }
  const stream = new RandomStream(seed, 'umbrella')
  const share = (): number => stream.integer(101) / 100
  const inputs: number[] = []
  const labels: number[] = []
  while (labels.length < samples) {
    const [clouds, humidity] = [share(), share()]
    const rain = 4 * clouds + humidity - 3
    if (Math.abs(rain) < 0.2) continue
    inputs.push(clouds, humidity)
    labels.push(rain > 0 ? 1 : 0)
  }
  for (let i = 0; i < Math.round(noise * samples); i++) labels[i] = 1 - labels[i]!
  return { inputs: Float32Array.from(inputs), labels: Float32Array.from(labels) }
}

/** The neuron before anybody changed it: the introduction's own, then others that are surer. */
export function firstNeuron({ seed, data }: RunSpec): { weights: [number, number]; bias: number } {
  if (seed === 1) return { weights: [0.5, 0.7], bias: data.kind === 'example' ? 0 : -0.5 }
  const stream = new RandomStream(seed, 'neuron')
  const short = (low: number, high: number): number => Math.round(stream.uniform(low, high) * 10) / 10
  const weights: [number, number] = [short(2, 6), short(2, 6)]
  return { weights, bias: -Math.round((weights[0] * short(0.3, 0.7) + weights[1] * short(0.3, 0.7)) * 10) / 10 }
}

/** Places of the picture, row by row from the top left. */
export function neuronGrid(size: number): Float32Array {
  const { low, high } = NEURON_WORLD
  return gridPoints(size, (high - low) / 2).map((value) => value + (high + low) / 2)
}
