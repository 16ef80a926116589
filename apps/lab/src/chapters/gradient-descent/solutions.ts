import { newRun } from '../../core/run/journal.ts'
import type { OptimiserSpec, Run } from '../../core/run/spec.ts'
import { chapter, VALLEY } from './chapter.ts'

/** Another valley; the seed decides how steep its walls are. */
export const otherValley = (seed: number): Run => newRun({ ...chapter.run, data: { ...VALLEY, seed } })

/** The long valley, with a learning rate and a momentum that a visitor chose. */
export const longValley = (optimiser: OptimiserSpec, seed = 1): Run => newRun({ ...chapter.run, seed, optimiser })

/** The textbook's choice for curvatures of 1 and 100. */
export const TEXTBOOK: OptimiserSpec = { learningRate: 4 / 121, momentum: 81 / 121 }
/** It rolls out once more before it stays. */
export const LIVELY: OptimiserSpec = { learningRate: 0.028, momentum: 0.72 }
/** What is obvious, and too slow: the best plain rate, and momentum without a thought for the rate. */
export const TOO_SLOW: readonly OptimiserSpec[] = [
  { learningRate: 2 / 101, momentum: 0 },
  { learningRate: 0.01, momentum: 0.9 },
  { learningRate: 0.01, momentum: 0.5 },
  { learningRate: 0.03, momentum: 0.9 },
]
