import type { Entry } from './measure.mjs'

/** Cells as if they were measured. */
export const entry = (workload: string, system: string, medianMs: number, more: Partial<Entry> = {}): Entry => ({
  workload,
  system,
  version: '1.2.3',
  node: '20.20.2',
  mode: null,
  threads: 1,
  medianMs,
  p10: medianMs / 2,
  p90: medianMs * 2,
  steps: 100,
  ...more,
})
export const neurite = (workload: string, medianMs: number, more: Partial<Entry> = {}): Entry =>
  entry(workload, 'neurite', medianMs, { mode: 'reproducible', ...more })
