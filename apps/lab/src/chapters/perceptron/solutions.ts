import { newRun } from '../../core/run/journal.ts'
import type { Edit, Run } from '../../core/run/spec.ts'
import { chapter, SIX } from './chapter.ts'

const put = (path: string, value: number): Edit => ({ at: 0, kind: 'point', path, value })

/** Six other points, with what a visitor did to them. */
export const placedRun = (seed: number, journal: readonly Edit[]): Run => ({
  ...newRun({ ...chapter.run, seed, data: { ...SIX, seed } }),
  journal,
})

/** Two points of different classes, so far apart, and all others taken away. */
export const pair = (apart: number, x = 0.5, y = 0.5): Edit[] => [
  put('input[0]', x),
  put('input[1]', y),
  put('label[0]', 1),
  put('input[2]', x - apart),
  put('input[3]', y),
  put('label[1]', 0),
  ...[2, 3, 4, 5].map((point) => put(`off[${point}]`, 1)),
]

/** Two classes in one place. */
export const SAME_PLACE = pair(0)
