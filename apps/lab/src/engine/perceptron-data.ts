import { RandomStream } from 'neurite'
import { halfPlanes, truthTable, type TwoClasses } from 'neurite/data'
import type { DataSpec, Edit, RunSpec } from '../core/run/spec.ts'
import { parseElement } from '../core/address.ts'
import { FURTHEST_POINT, MOST_POINTS } from '../core/perceptron.ts'
import type { Points } from './plane.ts'

/** How far the picture of the world reaches from its middle. */
export const PERCEPTRON_REACH = 1.25

/** The points of a specification and what was done to them by hand. Never changed: edits give another one. */
export interface PlacedPoints extends Points {
  /** Points that were taken away; the others keep their numbers. */
  readonly off: readonly number[]
}

/** The points that a specification names: the calls that the program in the Code tab makes. */
export function perceptronPoints({ kind, samples, noise, seed, margin = 0.1, table = 0 }: DataSpec): PlacedPoints {
  const { inputs, labels } =
    kind === 'table' ? truthTable({ table }) : halfPlanes({ samples, margin, seed, ...(noise === 0 ? {} : { noise }) })
  return { inputs, labels: Float32Array.from(labels), off: [] }
}

/** The points after one edit of theirs; the same ones where it is none, or names a point that is not there. */
export function withPointEdit(points: PlacedPoints, { kind, path, value }: Edit): PlacedPoints {
  const found = kind === 'point' ? parseElement(path) : undefined
  if (found === undefined || !(Math.abs(value) <= FURTHEST_POINT)) return points
  const { path: what, index } = found
  const count = points.labels.length
  const at = what === 'input' ? Math.floor(index / 2) : index
  if (at >= count + 1 || at >= MOST_POINTS) return points
  if (what === 'off') {
    const others = points.off.filter((id) => id !== at)
    return at === count ? points : { ...points, off: value === 0 ? others : [...others, at].sort((a, b) => a - b) }
  }
  if (what !== 'input' && what !== 'label') return points
  const length = Math.max(count, at + 1)
  const [inputs, labels] = [new Float32Array(2 * length), new Float32Array(length)]
  inputs.set(points.inputs)
  labels.set(points.labels)
  if (what === 'input') inputs[index] = value
  else labels[at] = value > 0.5 ? 1 : 0
  return { ...points, inputs, labels }
}

/** The number that a new point gets. */
export const nextPoint = ({ labels }: PlacedPoints): number | undefined =>
  labels.length < MOST_POINTS ? labels.length : undefined

/** The points that are there, side by side. */
export interface PresentPoints extends Points {
  /** Their numbers among all. */
  readonly ids: Int32Array
  /** 1 and -1, as the rule wants its classes. */
  readonly signs: Float32Array
}

export function presentPoints({ inputs, labels, off }: PlacedPoints): PresentPoints {
  const ids = Int32Array.from(labels.keys()).filter((id) => !off.includes(id))
  const here = Float32Array.from(ids, (id) => labels[id]!)
  return {
    ids,
    inputs: Float32Array.from([...ids].flatMap((id) => [inputs[2 * id]!, inputs[2 * id + 1]!])),
    labels: here,
    signs: here.map((label) => 2 * label - 1),
  }
}

/** The points as the mathematics of lines wants them: a constant 1 behind each. */
export const withOnes = ({ inputs, labels }: Points): TwoClasses => ({
  points: Array.from(labels, (_, i) => [inputs[2 * i]!, inputs[2 * i + 1]!, 1]),
  labels,
})

/** The order in which one pass takes its examples, as places among them. */
export function orderOfPass({ seed, order = 'listed' }: RunSpec, labels: ArrayLike<number>, pass: number): Int32Array {
  const { length } = labels
  if (order === 'shuffled') return new RandomStream(seed, `pass/${pass}`).permutation(length)
  const all = Int32Array.from({ length }, (_, i) => i)
  return order === 'listed' ? all : all.sort((a, b) => labels[b]! - labels[a]! || a - b)
}

/** Seed 0 begins at 0, as the bound in its short form wants it; others begin somewhere. Inputs first, the bias last. */
export function startWeights(seed: number, width: number): number[] {
  if (seed === 0) return new Array<number>(width + 1).fill(0)
  const stream = new RandomStream(seed, 'perceptron')
  return Array.from({ length: width + 1 }, () => Math.round(stream.uniform(-2, 2) * 10) / 10)
}

/** Where a parameter stands among the weights: inputs first, the bias last. */
export function weightPlace(path: string, width: number): number | undefined {
  const found = parseElement(path)
  if (found?.path === '0.bias') return found.index === 0 ? width : undefined
  return found?.path === '0.weight' && found.index < width ? found.index : undefined
}
