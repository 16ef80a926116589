import { describe, expect, test } from 'vitest'
import { digits } from '../../src/data/index.ts'
import type { DigitsOptions, TensorDataset } from '../../src/data/index.ts'
import { ArgumentError } from '../../src/errors.ts'

const pictures = (dataset: TensorDataset): string[] =>
  Array.from({ length: dataset.length }, (_, i) => dataset.rawInput(i).join())

const labels = (dataset: TensorDataset): number[] =>
  Array.from({ length: dataset.length }, (_, i) => dataset.example(i).target[0]!)

describe('generated digits as datasets', () => {
  test('have the form of MNIST, and as many of each class', async () => {
    const { train, test: held } = await digits({ train: 700, test: 60, seed: 3 })
    expect(train).toMatchObject({ length: 700, inputShape: [1, 28, 28], targetShape: [], targetDType: 'int32' })
    expect([train.classNames![7], held.length]).toEqual(['7', 60])
    const counts = Array.from({ length: 10 }, (_, digit) => labels(train).filter((label) => label === digit).length)
    expect(counts).toEqual(Array.from({ length: 10 }, () => 70))
    for (let i = 0; i < 20; i++) {
      const { input } = held.example(i)
      expect(Math.min(...input)).toBe(0)
      expect(Math.max(...input)).toBeGreaterThan(0.8)
      expect(Math.max(...input)).toBeLessThanOrEqual(1)
    }
  })

  test('training and test pictures are all different', async () => {
    const { train, test: held } = await digits({ train: 200, test: 200, seed: 3 })
    expect(new Set([...pictures(train), ...pictures(held)]).size).toBe(400)
  })

  test('the seed decides the pictures, whatever their number', async () => {
    const few = await digits({ train: 30, test: 20, seed: 3 })
    const many = await digits({ train: 1100, test: 30, seed: 3 })
    expect(pictures(many.train.slice(0, 30))).toEqual(pictures(few.train))
    expect(pictures(many.test.slice(0, 20))).toEqual(pictures(few.test))
    const other = await digits({ train: 30, test: 20, seed: 4 })
    expect(pictures(other.train)).not.toEqual(pictures(few.train))
  })

  test('progress is told, and the event loop gets its turn', async () => {
    const seen: number[] = []
    let turns = 0
    const timer = setInterval(() => (turns += 1), 1)
    await digits({ train: 1200, test: 100, onProgress: ({ made, total }) => seen.push(made, total) })
    clearInterval(timer)
    expect(seen).toEqual([500, 1300, 1000, 1300, 1200, 1300, 1300, 1300])
    expect(turns).toBeGreaterThan(1)
  })

  test('the signal ends the work with its reason', async () => {
    const stop = new AbortController()
    const reason = new Error('enough')
    const onProgress = (): void => stop.abort(reason)
    await expect(digits({ train: 1200, signal: stop.signal, onProgress })).rejects.toBe(reason)
  })

  test.each([{ train: 0 }, { test: 1.5 }, { seed: -1 }, { samples: 100 }])('refuses %s', async (options) => {
    await expect(digits(options as DigitsOptions)).rejects.toThrow(ArgumentError)
  })
})
