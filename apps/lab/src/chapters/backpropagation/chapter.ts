import { defineChapter } from '../../core/chapter/define-chapter.ts'
import type { DataSpec, RunSpec } from '../../core/run/spec.ts'
import { checks } from './check.ts'

export const EXAMPLE: DataSpec = { kind: 'example', samples: 1, noise: 0, seed: 1 }

const run: RunSpec = {
  v: 1,
  chapter: 'backpropagation',
  seed: 1,
  data: EXAMPLE,
  model: { kind: 'scalars', layers: [2], activation: 'sigmoid' },
  optimiser: { learningRate: 1, momentum: 0 },
  batch: 0,
}

export const chapter = defineChapter({
  id: 'backpropagation',
  run,
  grains: ['operation', 'update'],
  offers: { data: [EXAMPLE], activations: ['sigmoid'], rates: [0.1, 1, 10], batches: [0] },
  checks,
  beats: [
    {
      id: 'hook',
      panels: ['machine', 'world'],
      controls: [],
      experiments: [{ id: 'begin', change: { data: EXAMPLE, seed: 1 } }],
    },
    { id: 'explain', panels: [], controls: [] },
    {
      id: 'predict',
      panels: [],
      controls: [],
      prediction: { id: 'price', kind: 'choice', choices: ['1', '9', '105', '210'], truth: '1' },
    },
    { id: 'play', panels: ['judge'], controls: ['weights'] },
    {
      id: 'break',
      panels: ['doctor', 'compare'],
      controls: ['rate'],
      experiments: [
        {
          id: 'saturate',
          change: { data: EXAMPLE, seed: 1 },
          edits: [{ at: 0, kind: 'set', path: 'b1[0]', value: 12 }],
        },
        { id: 'stuck', change: { data: EXAMPLE, seed: 1 }, edits: [{ at: 0, kind: 'set', path: 'c[0]', value: -12 }] },
      ],
    },
    {
      id: 'check',
      panels: [],
      controls: [],
      experiments: [
        { id: 'three', change: { data: { ...EXAMPLE, seed: 2 }, seed: 2 } },
        { id: 'all', change: { data: { ...EXAMPLE, seed: 3 }, seed: 3 } },
      ],
      checks: ['gradient', 'best'],
    },
    { id: 'recap', panels: ['code'], controls: [] },
  ],
})
