import { ArgumentError } from '../../errors.ts'
import type { RandomStream } from '../../math/random.ts'
import { requireKnownOptions } from '../options.ts'

/** Points of the plane with the class of each. */
export interface PlanarData {
  /** `[samples, 2]`: x and y of each point, row by row. */
  readonly inputs: Float32Array
  /** `[samples]`: the class of each point, from 0. */
  readonly labels: Int32Array
}

/** Options of the generators of points in the plane. */
export interface PlanarOptions {
  /** How many points. */
  readonly samples: number
  /** Deviation of the normal noise added to both coordinates. */
  readonly noise?: number
  /** Equal seeds give equal points. Default 0. */
  readonly seed?: number
}

/** Throws ArgumentError unless `samples` is a positive integer that a typed array can hold. */
export function checkSamples(generator: string, samples: number): void {
  if (Number.isInteger(samples) && samples >= 1 && samples <= 100_000_000) return
  throw new ArgumentError({
    what: `${generator}: samples is ${samples}`,
    expected: 'an integer from 1 to 100000000',
    fix: `pass a whole number of samples, such as ${generator}({ samples: 200 })`,
  })
}

/** Throws ArgumentError for options that neither all generators of points nor this one has. */
export function checkOptions(generator: string, options: object, own: readonly string[] = []): void {
  requireKnownOptions(generator, options, ['samples', 'noise', 'seed', ...own])
}

/** Throws ArgumentError unless `value` lies between `low` and `high`. */
export function checkRange(generator: string, option: string, value: number, low: number, high: number): void {
  if (value >= low && value <= high) return
  throw new ArgumentError({
    what: `${generator}: ${option} is ${value}`,
    expected: `a number from ${low} to ${high}`,
    fix: `leave ${option} out for its default, or pass a number in that range`,
  })
}

/**
 * Draws points whose classes are equally frequent (to within one) and in random order.
 *
 * @param place writes the point of a class, given where it stands among the class's points (0 to 1), to `point`
 */
export function scatter(
  generator: string,
  options: PlanarOptions,
  classes: number,
  defaultNoise: number,
  stream: RandomStream,
  place: (label: number, along: number, point: Float64Array) => void,
): PlanarData {
  const { samples, noise = defaultNoise } = options
  checkSamples(generator, samples)
  checkRange(generator, 'noise', noise, 0, 1e6)
  const inputs = new Float32Array(samples * 2)
  const labels = new Int32Array(samples)
  const order = stream.permutation(samples)
  const point = new Float64Array(2)
  for (let i = 0; i < samples; i++) {
    const rank = order[i]!
    const label = rank % classes
    const inClass = Math.floor((samples - label + classes - 1) / classes)
    place(label, inClass > 1 ? Math.floor(rank / classes) / (inClass - 1) : 0.5, point)
    inputs[2 * i] = point[0]! + noise * stream.normal()
    inputs[2 * i + 1] = point[1]! + noise * stream.normal()
    labels[i] = label
  }
  return { inputs, labels }
}
