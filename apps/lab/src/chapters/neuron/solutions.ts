import { newRun } from '../../core/run/journal.ts'
import type { ActivationName, Run } from '../../core/run/spec.ts'
import { chapter, numbers, UMBRELLA } from './chapter.ts'

/** Another month, with the three numbers that a visitor chose. */
export const daysRun = (seed: number, chosen: readonly [number, number, number]): Run => ({
  ...newRun({ ...chapter.run, data: { ...UMBRELLA, seed } }),
  journal: numbers(...chosen),
})

/** What the weather really kept to, but for one day. */
export const RULE = [4, 1, -3] as const
/** The neuron as it is found. */
export const UNTOUCHED = [0.5, 0.7, -0.5] as const

/** One of the sure neurons; the seed decides which. */
export const sureRun = (
  seed: number,
  chosen: readonly [number, number, number] | undefined,
  activation: ActivationName = 'sigmoid',
): Run => ({
  ...newRun({ ...chapter.run, seed, data: UMBRELLA, model: { ...chapter.run.model, activation } }),
  journal: chosen === undefined ? [] : numbers(...chosen),
})
