import { defineChapter } from '../../core/chapter/define-chapter.ts'
import type { DataSpec, RunSpec } from '../../core/run/spec.ts'
import { placeEdits } from '../../core/surface.ts'
import { checks } from './check.ts'

export const VALLEY: DataSpec = { kind: 'valley', samples: 40, noise: 1, seed: 1 }
/** Its walls are steeper: the rates of the first valley do not hold here. */
export const OTHER_VALLEY: DataSpec = { ...VALLEY, seed: 2 }
export const CORNERS: DataSpec = { kind: 'xor', samples: 80, noise: 0.15, seed: 1 }
/** The network whose plane has two valleys and two hollows. */
export const NETWORK_SEED = 3

const run: RunSpec = {
  v: 1,
  chapter: 'gradient-descent',
  seed: 1,
  data: VALLEY,
  model: { kind: 'surface', layers: [4], activation: 'tanh' },
  optimiser: { learningRate: 0.01, momentum: 0 },
  batch: 0,
}

const valley = { data: VALLEY, seed: 1, batch: 0, momentum: 0 } as const
const network = { data: CORNERS, seed: NETWORK_SEED, batch: 0, momentum: 0, learningRate: 0.05 } as const

export const chapter = defineChapter({
  id: 'gradient-descent',
  run,
  grains: ['update', 'epoch'],
  offers: {
    data: [VALLEY, OTHER_VALLEY, CORNERS],
    activations: ['tanh'],
    rates: [],
    batches: [0, 1, 4, 10],
  },
  checks,
  beats: [
    {
      id: 'hook',
      panels: ['world', 'judge'],
      controls: [],
      experiments: [{ id: 'begin', change: { ...valley, learningRate: 0.01 } }],
    },
    {
      id: 'predict',
      panels: [],
      controls: [],
      prediction: { id: 'twice', kind: 'choice', choices: ['faster', 'zigzag', 'away'], truth: 'away' },
    },
    {
      id: 'explain',
      panels: ['machine'],
      controls: ['rate'],
      experiments: [
        { id: 'small', change: { ...valley, learningRate: 0.004 }, steps: 20 },
        { id: 'floor', change: { ...valley, learningRate: 0.01 }, steps: 20 },
        { id: 'zigzag', change: { ...valley, learningRate: 0.0195 }, steps: 20 },
        { id: 'away', change: { ...valley, learningRate: 0.021 }, steps: 22 },
      ],
    },
    {
      id: 'noise',
      panels: [],
      controls: ['batch'],
      experiments: [
        { id: 'four', change: { ...valley, batch: 4, learningRate: 0.01 }, steps: 1500 },
        { id: 'ten', change: { ...valley, batch: 10, learningRate: 0.01 }, steps: 1500 },
        { id: 'calm', change: { ...valley, batch: 4, learningRate: 0.003 }, steps: 1500 },
      ],
    },
    {
      id: 'network',
      panels: [],
      controls: ['data', 'weights'],
      experiments: [
        { id: 'toA', change: network, steps: 60 },
        { id: 'toB', change: network, steps: 60, edits: placeEdits(-0.5, 1) },
        { id: 'hollow', change: network, steps: 60, edits: placeEdits(0, -0.5) },
        { id: 'jump', change: { ...network, learningRate: 0.14 }, steps: 60, edits: placeEdits(0.9, 0.1) },
      ],
    },
    {
      id: 'check',
      panels: [],
      controls: ['momentum'],
      experiments: [
        { id: 'other', change: { ...valley, data: OTHER_VALLEY, learningRate: 0.001 } },
        { id: 'seventy', change: { ...valley, learningRate: 0.01 } },
      ],
      checks: ['largest', 'seventy'],
    },
    { id: 'recap', panels: ['compare', 'code'], controls: [] },
  ],
})
