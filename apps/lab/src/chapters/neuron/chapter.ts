import { defineChapter } from '../../core/chapter/define-chapter.ts'
import { NEURON_PASS } from '../../core/neuron.ts'
import type { DataSpec, Edit, RunSpec } from '../../core/run/spec.ts'
import { checks } from './check.ts'

export const EXAMPLE: DataSpec = { kind: 'example', samples: 1, noise: 0, seed: 1 }
export const UMBRELLA: DataSpec = { kind: 'umbrella', samples: 30, noise: 0.03, seed: 1 }

const run: RunSpec = {
  v: 1,
  chapter: 'neuron',
  seed: 1,
  data: EXAMPLE,
  model: { kind: 'neuron', layers: [], activation: 'step' },
  optimiser: { learningRate: 0, momentum: 0 },
  batch: 0,
}

/** All three numbers set by hand, before anything else. */
export const numbers = (w1: number, w2: number, b: number): Edit[] => [
  { at: 0, kind: 'set', path: '0.weight[0]', value: w1 },
  { at: 0, kind: 'set', path: '0.weight[1]', value: w2 },
  { at: 0, kind: 'set', path: '0.bias[0]', value: b },
]

const days = { data: UMBRELLA, seed: 1 } as const

export const chapter = defineChapter({
  id: 'neuron',
  run,
  grains: ['operation'],
  pass: NEURON_PASS,
  offers: {
    data: [EXAMPLE, UMBRELLA],
    activations: ['step', 'sigmoid', 'tanh', 'relu'],
    rates: [],
    batches: [],
  },
  checks,
  beats: [
    {
      id: 'hook',
      panels: ['machine'],
      controls: [],
      experiments: [{ id: 'begin', change: { data: EXAMPLE, seed: 1, activation: 'step' } }],
    },
    {
      id: 'play',
      panels: ['world', 'judge'],
      controls: [],
      experiments: [{ id: 'days', change: { ...days, activation: 'step' } }],
    },
    {
      id: 'predict',
      panels: [],
      controls: [],
      prediction: { id: 'double', kind: 'choice', choices: ['no', 'shift', 'turn'], truth: 'no' },
    },
    {
      id: 'explain',
      panels: [],
      controls: ['activation', 'data'],
      experiments: [
        { id: 'plain', change: { ...days, activation: 'sigmoid' } },
        { id: 'double', change: { ...days, activation: 'sigmoid' }, edits: numbers(1, 1.4, -1) },
        { id: 'tenfold', change: { ...days, activation: 'sigmoid' }, edits: numbers(5, 7, -5) },
      ],
    },
    {
      id: 'break',
      panels: [],
      controls: [],
      experiments: [
        { id: 'zero', change: { ...days, activation: 'sigmoid' }, edits: numbers(0, 0, -0.5) },
        { id: 'flat', change: { ...days, activation: 'step' } },
        { id: 'silent', change: { ...days, activation: 'relu' }, edits: numbers(0.5, 0.7, -2) },
      ],
    },
    {
      id: 'check',
      panels: [],
      controls: ['weights'],
      experiments: [
        { id: 'again', change: { ...days, activation: 'step' } },
        { id: 'sure', change: { data: UMBRELLA, seed: 2, activation: 'sigmoid' } },
      ],
      checks: ['days', 'unsure'],
    },
    { id: 'recap', panels: ['code'], controls: [] },
  ],
})
