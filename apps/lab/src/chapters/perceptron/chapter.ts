import { defineChapter } from '../../core/chapter/define-chapter.ts'
import type { DataSpec, Edit, RunSpec } from '../../core/run/spec.ts'
import { checks } from './check.ts'

export const CLOUDS: DataSpec = { kind: 'gap', samples: 40, noise: 0, margin: 0.1, seed: 3 }
/** What the exercise begins with. */
export const SIX: DataSpec = { kind: 'gap', samples: 6, noise: 0, margin: 0.3, seed: 2 }

const run: RunSpec = {
  v: 1,
  chapter: 'perceptron',
  seed: 0,
  data: CLOUDS,
  model: { kind: 'perceptron', layers: [], activation: 'step' },
  optimiser: { learningRate: 1, momentum: 0 },
  batch: 1,
  order: 'listed',
}

const asFound = { seed: 0, order: 'listed' } as const

/** One point turned to the other class. */
export const flipped = (point: number, label: 0 | 1): Edit => ({
  at: 0,
  kind: 'point',
  path: `label[${point}]`,
  value: label,
})

/** A conviction to be unlearned: weights that are long and wrong. */
export const CONVICTION: readonly Edit[] = (
  [
    ['0.weight[0]', 10],
    ['0.weight[1]', 10],
    ['0.bias[0]', 10],
  ] as const
).map(([path, value]) => ({ at: 0, kind: 'set', path, value }))

export const chapter = defineChapter({
  id: 'perceptron',
  run,
  grains: ['update', 'example'],
  speed: 10,
  keepsPoints: true,
  offers: {
    data: [CLOUDS],
    activations: ['step'],
    rates: [],
    batches: [],
    orders: ['listed', 'shuffled', 'classes'],
    margins: [0.3, 0.2, 0.1, 0.05, 0.025],
  },
  checks,
  beats: [
    {
      id: 'hook',
      panels: ['world'],
      controls: [],
      experiments: [{ id: 'begin', change: { ...asFound, data: CLOUDS } }],
    },
    {
      id: 'play',
      panels: ['machine'],
      controls: [],
      experiments: [{ id: 'again', change: { ...asFound, data: CLOUDS } }],
    },
    {
      id: 'predict',
      panels: [],
      controls: [],
      prediction: {
        id: 'gap',
        kind: 'choice',
        choices: ['fewer', 'same', 'double', 'sixteen'],
        truth: 'double',
      },
    },
    {
      id: 'explain',
      panels: ['judge', 'compare'],
      controls: ['margin', 'order'],
      experiments: [
        { id: 'wide', change: { ...asFound, data: { ...CLOUDS, margin: 0.3 } }, steps: 400 },
        { id: 'middle', change: { ...asFound, data: CLOUDS }, steps: 400 },
        { id: 'narrow', change: { ...asFound, data: { ...CLOUDS, margin: 0.025 } }, steps: 1000 },
      ],
    },
    {
      id: 'break',
      panels: [],
      controls: ['weights', 'points'],
      experiments: [
        { id: 'flip', change: { ...asFound, data: CLOUDS }, steps: 400, edits: [flipped(0, 0)] },
        { id: 'conviction', change: { ...asFound, data: CLOUDS }, edits: CONVICTION },
      ],
    },
    {
      id: 'check',
      panels: [],
      controls: [],
      experiments: [{ id: 'six', change: { ...asFound, data: SIX } }],
      checks: ['stubborn'],
    },
    { id: 'recap', panels: ['code'], controls: [] },
  ],
})
