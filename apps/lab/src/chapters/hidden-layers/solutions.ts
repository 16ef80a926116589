import type { Run } from '../../core/run/spec.ts'
import { chapter, CIRCLE, XOR } from './chapter.ts'

/** What passes a check, and the obvious wrong answers to it; the tests try them all. */
export interface Solution {
  readonly check: string
  readonly run: Run
  readonly renewals: number
  readonly answer: string
}

const circleRun = (units: number, seed: number): Run => ({
  spec: { ...chapter.run, seed, data: CIRCLE, model: { ...chapter.run.model, layers: [units] } },
  journal: [],
  head: 3000,
})

export const circleRight = (seed: number): Solution => ({
  check: 'circle',
  run: circleRun(3, seed),
  renewals: 0,
  answer: '',
})
/** Two neurons make a strip or a corner, never a ring. */
export const circleTooFew = (seed: number): Solution => ({
  check: 'circle',
  run: circleRun(2, seed),
  renewals: 0,
  answer: '',
})
/** Four neurons solve it, but with 17 numbers. */
export const circleTooMany = (seed: number): Solution => ({
  check: 'circle',
  run: circleRun(4, seed),
  renewals: 0,
  answer: '',
})

/** Seeds whose two ReLU neurons fail on four corners, with the neuron that died. */
export const DEAD_SEEDS = [
  [2, '0.0'],
  [5, '0.1'],
  [25, '0.1'],
  [28, '0.1'],
  [31, '0.0'],
  [33, '0.0'],
  [37, '0.0'],
] as const

export const deadRun = (seed: number): Run => ({
  spec: { ...chapter.run, seed, data: XOR, model: { ...chapter.run.model, layers: [2], activation: 'relu' } },
  journal: [],
  head: 3000,
})
