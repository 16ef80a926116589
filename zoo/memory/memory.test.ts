import { RandomStream } from 'neurite'
import { expect, test } from 'vitest'
import { orthogonalBlocks } from './orthogonal.ts'
import { blameOfFresh, long, openGate, short } from './recipe.ts'
import { powersOfTen } from './plot.ts'
import { mostUpdates, tryToRemember } from './train.ts'

const batchSize = 64

test('an RNN remembers a bit over 20 steps', async () => {
  const { solved, updates } = await tryToRemember({ kind: 'RNN', steps: short, seed: 0 }, { batchSize })
  expect(solved).toBe(true)
  expect(updates).toBeLessThan(mostUpdates)
})

test('over 80 steps it does not', async () => {
  const { solved, updates, accuracy } = await tryToRemember({ kind: 'RNN', steps: long, seed: 0 }, { batchSize })
  expect(solved).toBe(false)
  expect(updates).toBe(mostUpdates)
  expect(accuracy).toBeLessThan(0.6)
})

test('an LSTM whose forget gates begin open does', async () => {
  const trial = { kind: 'LSTM', steps: long, forgetBias: openGate, seed: 0 } as const
  const { solved, accuracy } = await tryToRemember(trial, { batchSize })
  expect(solved).toBe(true)
  expect(accuracy).toBeGreaterThanOrEqual(0.99)
})

test('the gradient vanishes in the RNN, and reaches the first step in the LSTM', async () => {
  const [rnn, , lstm] = await blameOfFresh(0)
  const ratio = ({ values }: { values: number[] }): number => values[0]! / values.at(-1)!
  expect(rnn!.values).toHaveLength(long)
  expect(ratio(rnn!)).toBeLessThan(1e-3)
  expect(ratio(lstm!)).toBeGreaterThan(0.1)
})

test('the plot has a row per powers of ten and a column per step', () => {
  expect(powersOfTen([{ sign: '*', name: 'halves', values: [1, 0.5, 0.05, 0.005] }], 80)).toEqual([
    '    1e0 ┤*',
    '   1e-1 ┤ *',
    '   1e-2 ┤  *',
    '   1e-3 ┤   *',
    '         step 1step 4',
    '         *  halves',
  ])
})

test('orthogonal blocks keep lengths', () => {
  const [size, count] = [6, 2]
  const blocks = orthogonalBlocks(new RandomStream(1, 'test'), size, count)
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) {
      let sum = 0
      for (let k = 0; k < size; k++) sum += blocks[(size + a) * size + k]! * blocks[(size + b) * size + k]!
      expect(sum).toBeCloseTo(a === b ? 1 : 0, 5)
    }
  }
})
