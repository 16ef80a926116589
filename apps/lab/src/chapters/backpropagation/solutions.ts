import { newRun } from '../../core/run/journal.ts'
import type { Run } from '../../core/run/spec.ts'
import { chapter, EXAMPLE } from './chapter.ts'

/** An example that nobody has seen worked, with its own weights. */
export const freshRun = (seed: number): Run => newRun({ ...chapter.run, seed, data: { ...EXAMPLE, seed: seed + 1 } })
