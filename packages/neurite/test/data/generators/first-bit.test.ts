import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { DataLoader, firstBit } from '../../../src/data/index.ts'
import type { FirstBitOptions } from '../../../src/data/index.ts'
import { ArgumentError } from '../../../src/errors.ts'

const samples = 2000
const steps = 70
const [batch] = Array.from(new DataLoader(firstBit({ samples, steps, seed: 1 }), { batchSize: samples }))
const { inputs, targets, inputShape } = batch!

test('the label is the first bit, and both come equally often', () => {
  expect(inputShape).toEqual([samples, steps, 1])
  expect(targets.every((label, i) => inputs[i * steps] === (label === 1 ? 1 : -1))).toBe(true)
  expect([...targets].reduce((sum, label) => sum + label, 0)).toBe(samples / 2)
})

test('the others are bits that say nothing of it, nor of each other', () => {
  expect(inputs.every((bit) => bit === 1 || bit === -1)).toBe(true)
  for (let step = 1; step < steps; step++) {
    let [mean, withFirst, withLast] = [0, 0, 0]
    for (let i = 0; i < samples; i++) {
      const bit = inputs[i * steps + step]!
      mean += bit / samples
      withFirst += (bit * inputs[i * steps]!) / samples
      if (step > 1) withLast += (bit * inputs[i * steps + step - 1]!) / samples
    }
    // Four and a half deviations.
    for (const value of [mean, withFirst, withLast]) expect(Math.abs(value)).toBeLessThan(0.1)
  }
})

test('the seed decides, and parts of a series are its parts', () => {
  const read = (options: FirstBitOptions): string => {
    const dataset = firstBit(options)
    return Array.from({ length: dataset.length }, (_, i) => dataset.example(i).input.join()).join('\n')
  }
  const whole = read({ samples: 30, steps: 40, seed: 2 })
  expect(createHash('sha256').update(whole).digest('hex').slice(0, 16)).toBe('7568c6252055e61d')
  expect(
    [read({ samples: 10, steps: 40, seed: 2 }), read({ samples: 20, steps: 40, seed: 2, first: 10 })].join('\n'),
  ).toBe(whole)
  expect(read({ samples: 30, steps: 40, seed: 3 })).not.toBe(whole)
})

test.each([{ steps: 0 }, { steps: 2.5 }, { samples: 0 }, { first: -1 }, { length: 3 }])('refuses %s', (options) => {
  expect(() => firstBit({ samples: 3, steps: 3, ...options })).toThrow(ArgumentError)
})
