import { RandomStream } from 'neurite'
import { separate, truthTable } from 'neurite/data'
import type { TruthFrame } from '../core/truth-frame.ts'
import { type DataSpec, type FeatureName, type RunSpec, TURNS } from '../core/run/spec.ts'
import { ROWS } from '../core/truth.ts'
import type { LogisticUnit } from './logistic-unit.ts'
import { PerceptronUnit } from './perceptron-unit.ts'
import { gridPoints, type Points } from './plane.ts'

export const TRUTH_WORLD = { low: -0.45, high: 1.45 } as const

/** The rows of a table as a neuron takes them in. */
export interface TruthRows extends Points {
  /** What is made of the two inputs of each row, where something is. */
  readonly made: Float32Array | undefined
  /** Two numbers for each row, or three. */
  readonly rows: Float32Array
  readonly width: number
  /** 1 and -1, as the perceptron's rule wants its classes. */
  readonly signs: Float32Array
}

export function truthRows({ data, model }: RunSpec): TruthRows {
  const { inputs, labels } = truthPoints(data)
  const made = madeOf(model.feature ?? 'none', inputs)
  const rows = withMade(inputs, made)
  return { inputs, labels, made, rows, width: rows.length / ROWS, signs: labels.map((label) => 2 * label - 1) }
}

/** The four rows of a table, turned about their middle. */
function truthPoints({ table = 0, turn = 0 }: DataSpec): Points {
  const { inputs, labels } = truthTable({ table })
  const [cosine, sine] = TURNS[turn]!
  for (let row = 0; row < ROWS; row++) {
    const [x, y] = [inputs[2 * row]! - 0.5, inputs[2 * row + 1]! - 0.5]
    inputs[2 * row] = 0.5 + (cosine * x - sine * y) / 256
    inputs[2 * row + 1] = 0.5 + (sine * x + cosine * y) / 256
  }
  return { inputs, labels: Float32Array.from(labels) }
}

const MADE: Readonly<Record<Exclude<FeatureName, 'none'>, (x: number, y: number) => number>> = {
  'x1+x2': (x, y) => x + y,
  'x1^2': (x) => x * x,
  'x2^2': (_x, y) => y * y,
  'x1*x2': (x, y) => x * y,
}

/** What is made of the two numbers of each point. */
function madeOf(feature: FeatureName, inputs: Float32Array): Float32Array | undefined {
  if (feature === 'none') return undefined
  return Float32Array.from({ length: inputs.length / 2 }, (_, i) => MADE[feature](inputs[2 * i]!, inputs[2 * i + 1]!))
}

/** Two numbers for each point, or three. */
function withMade(inputs: Float32Array, made: Float32Array | undefined): Float32Array {
  if (made === undefined) return inputs
  return Float32Array.from({ length: 3 * made.length }, (_, i) =>
    i % 3 === 2 ? made[(i - 2) / 3]! : inputs[2 * Math.floor(i / 3) + (i % 3)]!,
  )
}

/** Places of the picture, row by row from the top left, as the neuron takes them in. */
export function truthGrid(size: number, feature: FeatureName = 'none'): Float32Array {
  const { low, high } = TRUTH_WORLD
  const places = gridPoints(size, (high - low) / 2).map((value) => value + (high + low) / 2)
  return withMade(places, madeOf(feature, places))
}

/** The weights before any step, the bias last: quarters, so that a perceptron adds them up without rounding. */
export function firstWeights(seed: number, width: number): number[] {
  const third = width === 3 ? [0] : []
  if (seed === 1) return [1, 0.5, ...third, -0.75]
  const stream = new RandomStream(seed, 'unit')
  const quarters = (): number => (stream.integer(17) - 8) / 4
  const [w1, w2, b] = [quarters(), quarters(), quarters()]
  return [w1, w2, ...third, b]
}

/** The neuron that a specification names, before its first step; only its own rule is loaded. */
export async function truthUnit(
  { seed, model, optimiser }: RunSpec,
  width: number,
): Promise<PerceptronUnit | LogisticUnit> {
  const weights = firstWeights(seed, width)
  if (model.activation !== 'sigmoid') return new PerceptronUnit(weights, optimiser.learningRate)
  const { LogisticUnit } = await import('./logistic-unit.ts')
  return new LogisticUnit(weights, optimiser.learningRate)
}

/** A sum of exactly 0 is right for neither class. */
export const rightRows = (sums: Float32Array, signs: Float32Array): boolean[] =>
  Array.from(sums, (sum, i) => sum * signs[i]! > 0)

export const countRight = (sums: Float32Array, signs: Float32Array): number =>
  rightRows(sums, signs).filter(Boolean).length

/** A place that is a mixture of rows of both classes, where there is one: no line can have it on two sides. */
export function meetingOf({ rows, labels, width }: TruthRows): TruthFrame['meeting'] {
  const points = Array.from(labels, (_, row) => [...rows.slice(row * width, (row + 1) * width), 1])
  const found = separate({ points, labels })
  if (found.separable) return undefined
  const ones = found.witnesses.filter(({ example }) => labels[example] === 1)
  const total = ones.reduce((sum, { share }) => sum + share, 0)
  const place = Array.from({ length: width }, (_, i) =>
    ones.reduce((sum, { example, share }) => sum + (share / total) * points[example]![i]!, 0),
  )
  return { place, rows: found.witnesses.map(({ example }) => example) }
}
