import { defineChapter } from '../../core/chapter/define-chapter.ts'
import type { DataSpec, RunSpec } from '../../core/run/spec.ts'
import { lineTried } from '../../core/truth-tries.ts'
import { AND, XOR } from '../../core/truth.ts'
import { checks } from './check.ts'

export const LAMP: DataSpec = { kind: 'table', samples: 4, noise: 0, seed: 1, table: XOR, turn: 0 }

const run: RunSpec = {
  v: 1,
  chapter: 'linear-separability',
  seed: 1,
  data: LAMP,
  model: { kind: 'unit', layers: [], activation: 'step', feature: 'none' },
  optimiser: { learningRate: 1, momentum: 0 },
  batch: 1,
}

const plain = { data: LAMP, activation: 'step', feature: 'none', learningRate: 1, seed: 1 } as const

export const chapter = defineChapter({
  id: 'linear-separability',
  run,
  grains: ['update'],
  speed: 10,
  isStill: true,
  tryOf: lineTried,
  offers: {
    data: [LAMP],
    activations: ['step', 'sigmoid'],
    rates: [0.1, 0.3, 1, 3],
    batches: [1],
  },
  checks,
  beats: [
    {
      id: 'hook',
      panels: ['world', 'judge'],
      controls: [],
      experiments: [
        { id: 'and', change: { ...plain, data: { ...LAMP, table: AND } } },
        { id: 'xor', change: plain },
      ],
    },
    {
      id: 'predict',
      panels: [],
      controls: [],
      prediction: { id: 'weights', kind: 'choice', choices: ['settle', 'grow', 'return'], truth: 'return' },
    },
    {
      id: 'play',
      panels: ['machine'],
      controls: ['weights'],
      experiments: [
        { id: 'tail', change: plain },
        { id: 'round', change: plain, steps: 24 },
        { id: 'easy', change: { ...plain, data: { ...LAMP, table: AND } }, steps: 24 },
      ],
    },
    {
      id: 'explain',
      panels: ['folded', 'doctor'],
      controls: ['table', 'turn'],
      experiments: [
        { id: 'cross', change: plain },
        { id: 'turned', change: { ...plain, data: { ...LAMP, turn: 30 } }, steps: 24 },
        { id: 'smooth', change: { ...plain, activation: 'sigmoid' }, steps: 200 },
      ],
    },
    {
      id: 'break',
      panels: ['compare'],
      controls: ['feature', 'activation', 'rate'],
      experiments: [
        { id: 'sum', change: { ...plain, feature: 'x1+x2' }, steps: 48 },
        { id: 'other', change: { ...plain, feature: 'x1^2', data: { ...LAMP, turn: 45 } }, steps: 160 },
      ],
    },
    { id: 'check', panels: [], controls: [], checks: ['tables', 'feature'] },
    { id: 'recap', panels: ['code'], controls: [], experiments: [{ id: 'again', change: plain }] },
  ],
})
