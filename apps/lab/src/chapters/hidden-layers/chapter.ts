import { defineChapter } from '../../core/chapter/define-chapter.ts'
import type { DataSpec, RunSpec } from '../../core/run/spec.ts'
import { checks } from './check.ts'

export const XOR: DataSpec = { kind: 'xor', samples: 200, noise: 0.12, seed: 1 }
export const CIRCLE: DataSpec = { kind: 'circle', samples: 200, noise: 0.08, seed: 1 }
export const SPIRAL: DataSpec = { kind: 'spiral', samples: 300, noise: 0.02, seed: 1 }

const run: RunSpec = {
  v: 1,
  chapter: 'hidden-layers',
  seed: 1,
  data: XOR,
  model: { kind: 'mlp', layers: [1], activation: 'tanh' },
  optimiser: { learningRate: 0.3, momentum: 0 },
  batch: 0,
}

export const chapter = defineChapter({
  id: 'hidden-layers',
  run,
  grains: ['update', 'epoch'],
  offers: {
    data: [XOR, CIRCLE, SPIRAL],
    activations: ['tanh', 'relu', 'sigmoid'],
    rates: [0.01, 0.03, 0.1, 0.3, 1, 3],
    batches: [0, 10, 50],
  },
  checks,
  beats: [
    { id: 'hook', panels: ['world', 'judge'], controls: [], experiments: [{ id: 'one', change: { layers: [1] } }] },
    {
      id: 'predict',
      panels: [],
      controls: [],
      prediction: { id: 'units', kind: 'choice', choices: ['1', '2', '3', '8'], truth: '3' },
    },
    {
      id: 'play',
      panels: ['machine'],
      controls: ['layers', 'weights'],
      experiments: [
        { id: 'two', change: { layers: [2], seed: 1 }, steps: 600 },
        { id: 'three', change: { layers: [3], seed: 1 }, steps: 600 },
      ],
    },
    {
      id: 'explain',
      panels: ['folded'],
      controls: ['unitSwitches'],
      experiments: [
        { id: 'fold', change: { data: XOR, layers: [2], activation: 'tanh', seed: 2 }, steps: 1000 },
        { id: 'ring', change: { data: CIRCLE, layers: [3], activation: 'tanh', seed: 1 }, steps: 1500 },
      ],
    },
    {
      id: 'break',
      panels: ['doctor'],
      controls: ['activation', 'rate'],
      experiments: [
        { id: 'dead', change: { data: XOR, layers: [2], activation: 'relu', seed: 2, learningRate: 0.3 }, steps: 1000 },
        {
          id: 'fast',
          change: { data: CIRCLE, layers: [4], activation: 'relu', seed: 1, learningRate: 30 },
          steps: 100,
        },
      ],
    },
    { id: 'check', panels: [], controls: ['data'], checks: ['circle', 'dead'] },
    {
      id: 'recap',
      panels: ['compare', 'code'],
      controls: ['batch'],
      experiments: [
        {
          id: 'deep',
          change: { data: SPIRAL, layers: [8, 8], activation: 'tanh', learningRate: 0.1, batch: 10, seed: 1 },
          steps: 6000,
        },
        {
          id: 'wide',
          change: { data: SPIRAL, layers: [26], activation: 'tanh', learningRate: 0.1, batch: 10, seed: 1 },
          steps: 6000,
        },
      ],
    },
  ],
})
