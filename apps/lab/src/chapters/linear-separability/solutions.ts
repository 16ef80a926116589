import type { ActivationName, FeatureName, Run } from '../../core/run/spec.ts'
import { printTables, TABLES, XNOR, XOR } from '../../core/truth.ts'
import { chapter } from './chapter.ts'

/** What passes the first check, and the obvious wrong answers to it. */
export const IMPOSSIBLE = printTables([XOR, XNOR])
export const ONLY_XOR = printTables([XOR])
export const ALL_TABLES = printTables(TABLES)

/** XOR with a third input, not yet trained: the check trains it. */
export const featureRun = (seed: number, feature: FeatureName, activation: ActivationName = 'step', turn = 0): Run => ({
  spec: {
    ...chapter.run,
    seed,
    data: { ...chapter.run.data, table: XOR, turn },
    model: { ...chapter.run.model, activation, feature },
  },
  journal: [],
  head: 0,
})
