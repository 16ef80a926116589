import type { CheckDefinition } from '../checks/check.ts'
import type { Frame } from '../protocol.ts'
import type { Grain } from '../run/cursor.ts'
import type { ActivationName, ChapterId, DataSpec, Edit, FeatureName, OrderName, RunSpec } from '../run/spec.ts'
import type { Try } from '../tries.ts'

/** Parts of the bench that a beat brings in; a newcomer never meets all of them at once. */
export const PANELS = ['world', 'machine', 'judge', 'folded', 'compare', 'doctor', 'code'] as const
export type PanelId = (typeof PANELS)[number]

export const CONTROLS = [
  'data',
  'units',
  'layers',
  'activation',
  'rate',
  'batch',
  'momentum',
  'weights',
  'unitSwitches',
  'order',
  'margin',
  'table',
  'turn',
  'feature',
  'points',
] as const
export type ControlId = (typeof CONTROLS)[number]

/** One step of the story: prose with what it brings in. */
export interface BeatDefinition {
  readonly id: string
  readonly panels: readonly PanelId[]
  readonly controls: readonly ControlId[]
  /** Runs that the prose of this beat offers by a button. */
  readonly experiments?: readonly ExperimentDefinition[]
  readonly prediction?: PredictionDefinition
  readonly checks?: readonly string[]
}

export interface ExperimentDefinition {
  readonly id: string
  readonly change: SpecChange
  /** Steps to take at once, so that the picture shows what the text says. */
  readonly steps?: number
  /** Changes made by hand before the first step. */
  readonly edits?: readonly Edit[]
}

/** What differs from the run that is open. */
export interface SpecChange {
  readonly seed?: number
  readonly data?: Partial<DataSpec>
  readonly layers?: readonly number[]
  readonly activation?: ActivationName
  readonly feature?: FeatureName
  readonly learningRate?: number
  readonly momentum?: number
  readonly batch?: number
  readonly order?: OrderName
}

/** A guess that is locked before Play; afterwards the gap is shown and explained. */
export interface PredictionDefinition {
  readonly id: string
  readonly kind: 'choice' | 'number'
  /** For `choice`: the names of the answers. */
  readonly choices: readonly string[]
  /** What the lab measured, as the choice or the number that came out. */
  readonly truth: string
}

export interface ChapterDefinition {
  readonly id: ChapterId
  readonly run: RunSpec
  readonly grains: readonly Grain[]
  /** Where nothing learns: how many operations Play goes through, one by one. */
  readonly pass?: number
  /** Steps per second that Play begins with; 100 where nothing is said. */
  readonly speed?: number
  /** Nothing moves by itself, not even at first: the visitor's hands come first. */
  readonly isStill?: true
  /** Whether Reset and New weights leave points as they were placed by hand. */
  readonly keepsPoints?: boolean
  /** What counts as a try when the visitor has set numbers by hand. */
  readonly tryOf?: (spec: RunSpec, frame: Frame) => Try | undefined
  readonly beats: readonly BeatDefinition[]
  readonly checks: readonly CheckDefinition[]
  /** Data sets and numbers that the controls offer. */
  readonly offers: {
    readonly data: readonly DataSpec[]
    readonly activations: readonly ActivationName[]
    readonly rates: readonly number[]
    readonly batches: readonly number[]
    readonly orders?: readonly OrderName[]
    readonly margins?: readonly number[]
  }
}

/** Checks what the types cannot say; gives the definition back. */
export function defineChapter(definition: ChapterDefinition): ChapterDefinition {
  const { beats, checks } = definition
  if (beats.length < 5 || beats.length > 7) throw new Error(`${definition.id}: a chapter has 5 to 7 beats`)
  const known = new Set(checks.map(({ id }) => id))
  for (const beat of beats) {
    for (const check of beat.checks ?? []) if (!known.has(check)) throw new Error(`${definition.id}: no check ${check}`)
  }
  return definition
}

/** A specification with one thing changed. */
export function changedSpec(spec: RunSpec, change: SpecChange): RunSpec {
  const order = change.order ?? spec.order
  return {
    ...spec,
    ...(order === undefined ? {} : { order }),
    seed: change.seed ?? spec.seed,
    batch: change.batch ?? spec.batch,
    data: { ...spec.data, ...change.data },
    model: {
      ...spec.model,
      layers: change.layers ?? spec.model.layers,
      activation: change.activation ?? spec.model.activation,
      ...(change.feature === undefined ? {} : { feature: change.feature }),
    },
    optimiser: {
      learningRate: change.learningRate ?? spec.optimiser.learningRate,
      momentum: change.momentum ?? spec.optimiser.momentum,
    },
  }
}

/** Panels and controls that are there up to a beat. */
export function revealedAt(
  beats: readonly BeatDefinition[],
  beat: number,
): { panels: Set<PanelId>; controls: Set<ControlId> } {
  const shown = beats.slice(0, beat + 1)
  return {
    panels: new Set(shown.flatMap(({ panels }) => panels)),
    controls: new Set(shown.flatMap(({ controls }) => controls)),
  }
}
