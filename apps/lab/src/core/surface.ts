import type { DataSpec, Edit, RunSpec } from './run/spec.ts'

/** What a map of the loss shows: two numbers that learn, all others held. */
export type SurfaceKind = 'fit' | 'network'

/** A valley is the loss of a linear fit; other data are learned by a network that moves along two directions. */
export const surfaceKind = ({ kind }: Pick<DataSpec, 'kind'>): SurfaceKind => (kind === 'valley' ? 'fit' : 'network')

/** What the landscapes of the chapter are called. */
export type SceneName = 'fit' | 'otherFit' | 'network'

export function sceneOf(data: DataSpec): SceneName {
  if (surfaceKind(data) === 'network') return 'network'
  return data.seed === 1 ? 'fit' : 'otherFit'
}

/** The two numbers that learn, in the order of the map: across, up. */
export const SURFACE_NUMBERS = ['w1', 'w2'] as const

/** The part of the plane that the map shows, in both directions. */
export const SURFACE_REACH: Readonly<Record<SurfaceKind, { readonly low: number; readonly high: number }>> = {
  fit: { low: 0, high: 4 },
  network: { low: -1, high: 2 },
}

/** How long each of the two networks is trained whose places span the map. */
export const SCOUT_STEPS = 600
export const SCOUT_RATE = 0.1
/** The second network starts from this seed more. */
export const SECOND_START = 1000

/** So near to the lowest point counts as there. */
export const CLOSE = 1e-3

/** Of the valley whose data were measured with seed 1, the second input is ten times as large as the first. */
export const FIRST_RATIO = 10

/** Steps whose place is kept for the path: all up to 2,000, then 64 in each octave. A function of the step alone. */
export function isOnPath(step: number): boolean {
  if (step <= 2000) return true
  return step % (1 << (25 - Math.clz32(step))) === 0
}

/** The start that was set by hand, for a run that begins again with something else changed. */
export const startEdits = (journal: readonly Edit[]): readonly Edit[] =>
  journal.filter(({ at, kind, path }) => at === 0 && kind === 'set' && /^w[12]\[0\]$/.test(path))

/** Sets the place from which a run starts. */
export const placeEdits = (w1: number, w2: number): readonly Edit[] => [
  { at: 0, kind: 'set', path: 'w1[0]', value: w1 },
  { at: 0, kind: 'set', path: 'w2[0]', value: w2 },
]

/** Learning rates of a slider: 24 in each decade, so that equal ways multiply by about the same. */
export const RATES: readonly number[] = [0.0001, 0.001, 0.01, 0.1, 1].flatMap((decade) =>
  [10, 11, 12, 13, 15, 16, 18, 20, 22, 24, 27, 30, 33, 36, 39, 43, 47, 51, 56, 62, 68, 75, 82, 91].map((mantissa) =>
    Number((mantissa * 0.1 * decade).toPrecision(2)),
  ),
)

/** The loss that a map shows depends on these alone. */
export const surfaceKey = ({ data, model, seed }: RunSpec): string =>
  surfaceKind(data) === 'fit'
    ? `fit/${data.samples}/${data.noise}/${data.seed}`
    : `${data.kind}/${data.samples}/${data.noise}/${data.seed}/${model.layers.join('-')}/${model.activation}/${seed}`

export function distance(a: readonly [number, number], b: readonly [number, number]): number {
  const [dx, dy] = [a[0] - b[0], a[1] - b[1]]
  return Math.sqrt(dx * dx + dy * dy)
}

/** The first step from which on the path stays near the bottom. */
export function settledAt(
  { places, steps }: { readonly places: Float32Array; readonly steps: readonly number[] },
  bottom: readonly [number, number],
): number | undefined {
  let settled: number | undefined
  for (let i = steps.length - 1; i >= 0; i--) {
    if (!(distance([places[2 * i]!, places[2 * i + 1]!], bottom) < CLOSE)) break
    settled = steps[i]
  }
  return settled
}
