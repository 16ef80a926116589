import type { RunSpec } from '../src/core/run/spec.ts'

/** A small run that every test can begin with. */
export const startSpec: RunSpec = {
  v: 1,
  chapter: 'hidden-layers',
  seed: 1,
  data: { kind: 'xor', samples: 200, noise: 0.12, seed: 1 },
  model: { kind: 'mlp', layers: [2], activation: 'tanh' },
  optimiser: { learningRate: 0.3, momentum: 0 },
  batch: 0,
}
