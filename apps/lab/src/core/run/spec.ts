/** What decides a run: together with the journal of edits and the head it gives every number of the lab. */

export const CHAPTERS = [
  'neuron',
  'perceptron',
  'linear-separability',
  'hidden-layers',
  'gradient-descent',
  'backpropagation',
] as const
export type ChapterId = (typeof CHAPTERS)[number]

export const DATA_KINDS = ['xor', 'circle', 'spiral', 'umbrella', 'gap', 'table', 'valley', 'example'] as const
export type DataKind = (typeof DATA_KINDS)[number]

export const ACTIVATIONS = ['tanh', 'relu', 'sigmoid', 'step'] as const
export type ActivationName = (typeof ACTIVATIONS)[number]

export const FEATURES = ['none', 'x1+x2', 'x1^2', 'x2^2', 'x1*x2'] as const
export type FeatureName = (typeof FEATURES)[number]

/** Turns that a truth table can have, with 256 times their cosine and sine: so every coordinate is exact in float32. */
export const TURNS: Readonly<Record<number, readonly [cosine: number, sine: number]>> = {
  0: [256, 0],
  15: [247, 66],
  30: [222, 128],
  45: [181, 181],
  60: [128, 222],
  75: [66, 247],
  90: [0, 256],
}

export const MODEL_KINDS = ['mlp', 'scalars', 'neuron', 'perceptron', 'unit', 'surface'] as const
export type ModelKind = (typeof MODEL_KINDS)[number]

/** In which order the perceptron meets its examples: as they are listed, shuffled for each pass, or class 1 first. */
export const ORDERS = ['listed', 'shuffled', 'classes'] as const
export type OrderName = (typeof ORDERS)[number]

export interface DataSpec {
  readonly kind: DataKind
  readonly samples: number
  readonly noise: number
  /** For `gap`: how far the points keep from the line between the classes. */
  readonly margin?: number
  /** For `table`: its four answers as a binary number. */
  readonly table?: number
  /** For `table`: by how many degrees its points are turned about their middle. */
  readonly turn?: number
  /** The fresh data that nobody trains on come from another seed: see `freshSeed`. */
  readonly seed: number
}

export interface ModelSpec {
  readonly kind: ModelKind
  /** Units of each hidden layer. */
  readonly layers: readonly number[]
  readonly activation: ActivationName
  /** A third input, made of the two that there are. */
  readonly feature?: FeatureName
}

export interface OptimiserSpec {
  readonly learningRate: number
  readonly momentum: number
}

export interface RunSpec {
  readonly v: 1
  readonly chapter: ChapterId
  /** Decides initial weights and the order of examples. */
  readonly seed: number
  readonly data: DataSpec
  readonly model: ModelSpec
  readonly optimiser: OptimiserSpec
  /** Examples per update; 0 means all of them. */
  readonly batch: number
  /** For a perceptron, which takes its examples one by one; `listed` where nothing is said. */
  readonly order?: OrderName
}

export const MOST_HIDDEN_LAYERS = 3
export const MOST_UNITS = 32
export const MOST_STEPS = 1_000_000

/** The seed of data on which nothing is ever trained. */
export const freshSeed = (data: DataSpec): number => data.seed + 1000

/** A whole run as it is stored and shared. */
export interface Run {
  readonly spec: RunSpec
  readonly journal: readonly Edit[]
  /** Updates taken so far. */
  readonly head: number
}

/**
 * A change that the visitor made by hand.
 *
 * - `set`: one number of a parameter; `path` is `layer.weight[index]`.
 * - `freeze`: a hidden unit stays as it is (1) or learns again (0); `path` is `layer.unit`.
 * - `off`: a hidden unit no longer speaks: what leaves it becomes zero and stays zero.
 * - `point`: one number of the data; `path` is `input[index]` or `label[index]`. One behind the last adds a point; `off[index]`
 *   with 1 takes a point away.
 */
export interface Edit {
  /** The step before which it happens. */
  readonly at: number
  readonly kind: EditKind
  readonly path: string
  readonly value: number
}

export const EDIT_KINDS = ['set', 'freeze', 'off', 'point'] as const
export type EditKind = (typeof EDIT_KINDS)[number]

/** How many numbers a network of this shape learns; two inputs, one output. */
export function parameterCount(layers: readonly number[], inputs = 2): number {
  let count = 0
  let width = inputs
  for (const units of [...layers, 1]) {
    count += width * units + units
    width = units
  }
  return count
}

/** What is wrong with a specification that came from outside, or undefined. */
export function specProblem(spec: RunSpec): Problem | undefined {
  const { layers } = spec.model
  if (layers.length > MOST_HIDDEN_LAYERS) return { kind: 'layers', most: MOST_HIDDEN_LAYERS, found: layers.length }
  const wrong = layers.find((units) => !Number.isInteger(units) || units < 1 || units > MOST_UNITS)
  if (wrong !== undefined) return { kind: 'units', most: MOST_UNITS, found: wrong }
  if (spec.model.kind === 'surface' && layers.length !== 1) return { kind: 'layers', most: 1, found: layers.length }
  const { learningRate, momentum } = spec.optimiser
  if (!(learningRate >= 0 && learningRate <= 1000)) return { kind: 'range', field: 'rate', low: 0, high: 1000 }
  if (!(momentum >= 0 && momentum < 1)) return { kind: 'range', field: 'momentum', low: 0, high: 0.999 }
  const { samples, noise } = spec.data
  if (!Number.isInteger(samples) || samples < 1 || samples > 2000) {
    return { kind: 'range', field: 'samples', low: 1, high: 2000 }
  }
  if (!(noise >= 0 && noise <= 10)) return { kind: 'range', field: 'noise', low: 0, high: 10 }
  const { margin = 0, table = 0 } = spec.data
  if (!(margin >= 0 && margin <= 0.5)) return { kind: 'range', field: 'margin', low: 0, high: 0.5 }
  if (!Number.isInteger(table) || table < 0 || table > 15) return { kind: 'range', field: 'table', low: 0, high: 15 }
  const { order = 'listed' } = spec
  if (!ORDERS.includes(order)) return { kind: 'choice', field: 'order', text: order }
  const { turn = 0 } = spec.data
  if (TURNS[turn] === undefined) return { kind: 'range', field: 'turn', low: 0, high: 90 }
  const { feature = 'none' } = spec.model
  if (!FEATURES.includes(feature)) return { kind: 'choice', field: 'feature', text: feature }
  for (const [field, seed] of [
    ['seed', spec.seed],
    ['dataSeed', spec.data.seed],
  ] as const) {
    if (!Number.isSafeInteger(seed) || seed < 0 || seed > 1e9) return { kind: 'range', field, low: 0, high: 1e9 }
  }
  if (!Number.isInteger(spec.batch) || spec.batch < 0 || spec.batch > samples) {
    return { kind: 'range', field: 'batch', low: 0, high: samples }
  }
  return undefined
}

/** What went wrong with something that came from outside; the page says it in a sentence. */
export type Problem =
  | { readonly kind: 'number'; readonly field: string; readonly text: string }
  | { readonly kind: 'choice'; readonly field: string; readonly text: string }
  | { readonly kind: 'range'; readonly field: string; readonly low: number; readonly high: number }
  | { readonly kind: 'layers'; readonly most: number; readonly found: number }
  | { readonly kind: 'units'; readonly most: number; readonly found: number }
  | { readonly kind: 'journal' }
  | { readonly kind: 'foreignField'; readonly field: string }
  | { readonly kind: 'version' }
  | { readonly kind: 'progressFile' }
  | { readonly kind: 'storage' }
  | { readonly kind: 'tooLong' }
  | { readonly kind: 'engine'; readonly text: string }
