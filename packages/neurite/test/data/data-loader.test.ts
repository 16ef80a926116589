import { describe, expect, test } from 'vitest'
import { DataLoader, TensorDataset } from '../../src/data/index.ts'
import type { DataLoaderOptions, LoaderState } from '../../src/data/index.ts'
import { ArgumentError } from '../../src/errors.ts'

const dataset = TensorDataset.fromArrays({
  inputs: Array.from({ length: 10 }, (_, i) => [i, -i]),
  targets: Array.from({ length: 10 }, (_, i) => i * i),
})

/** The example numbers of the batches from here to the end of the epoch. */
const rest = (loader: DataLoader): number[][] => Array.from(loader, ({ indices }) => [...indices])

const make = (options?: DataLoaderOptions): DataLoader => new DataLoader(dataset, options)

describe('batches', () => {
  test('contain the examples in order, the last one smaller', () => {
    const seen = Array.from(make({ batchSize: 4, copy: true }))
    expect(seen.map(({ size, inputShape, targetShape }) => ({ size, inputShape, targetShape }))).toEqual([
      { size: 4, inputShape: [4, 2], targetShape: [4] },
      { size: 4, inputShape: [4, 2], targetShape: [4] },
      { size: 2, inputShape: [2, 2], targetShape: [2] },
    ])
    expect([...seen[2]!.inputs]).toEqual([8, -8, 9, -9])
    expect([...seen[2]!.targets]).toEqual([64, 81])
    expect(make({ batchSize: 4 }).length).toBe(3)
  })

  test('shuffled inputs keep their targets', () => {
    for (const { inputs, targets, indices } of make({ batchSize: 3, shuffle: true, seed: 5 })) {
      expect([...targets]).toEqual([...indices].map((index) => index * index))
      expect([...inputs]).toEqual([...indices].flatMap((index) => [index, -index]))
    }
  })

  test('reuse their arrays, or not', () => {
    const [first, second] = Array.from(make({ batchSize: 5 }))
    expect(first!.inputs.buffer).toBe(second!.inputs.buffer)
    expect(first!.inputs[0]).toBe(5)
    const [a, b] = Array.from(make({ batchSize: 5, copy: true }))
    expect(a!.inputs.buffer).not.toBe(b!.inputs.buffer)
    expect(a!.inputs[0]).toBe(0)
  })

  test('dropLast leaves out the incomplete batch', () => {
    const loader = make({ batchSize: 4, dropLast: true })
    expect([loader.length, loader.examples]).toEqual([2, 8])
    expect(rest(loader)).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
    ])
    expect(loader.state()).toEqual({ epoch: 1, position: 0 })
  })

  test('a batch size beyond the dataset gives one batch', () => {
    expect(rest(make({ batchSize: 99 }))).toEqual([[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]])
    expect(rest(make())).toHaveLength(1)
  })
})

describe('order', () => {
  const epochs = (loader: DataLoader, count: number): number[][] =>
    Array.from({ length: count }, () => rest(loader).flat())

  test('every epoch shuffles anew and gives out each example once', () => {
    const orders = epochs(make({ batchSize: 3, shuffle: true, seed: 1 }), 4)
    for (const order of orders) expect(order.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(new Set(orders.map(String)).size).toBe(4)
  })

  test('follows from the seed, whatever the batch size', () => {
    const orders = epochs(make({ batchSize: 3, shuffle: true, seed: 1 }), 3)
    expect(epochs(make({ batchSize: 7, shuffle: true, seed: 1 }), 3)).toEqual(orders)
    expect(epochs(make({ batchSize: 3, shuffle: true, seed: 2 }), 3)).not.toEqual(orders)
  })

  test('is this one, on every machine and in every version', () => {
    const [first, second] = epochs(make({ shuffle: true, seed: 1 }), 2)
    expect([first, second]).toEqual([
      [8, 4, 9, 1, 7, 6, 0, 3, 5, 2],
      [0, 3, 2, 6, 4, 9, 8, 5, 1, 7],
    ])
  })

  test('without shuffle every epoch is the same', () => {
    const [first, second] = epochs(make({ batchSize: 3 }), 2)
    expect(first).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(second).toEqual(first)
  })
})

describe('place in the data', () => {
  const options = { batchSize: 3, shuffle: true, seed: 9 }

  test('a run that is stopped after any batch and resumed elsewhere is the run without a stop', () => {
    const whole = make(options)
    const expected = [rest(whole), rest(whole), rest(whole)].flat()
    for (let stop = 1; stop < expected.length; stop++) {
      const first = make(options)
      const seen: number[][] = []
      let state: LoaderState | undefined
      while (state === undefined) {
        for (const { indices } of first) {
          seen.push([...indices])
          if (seen.length < stop) continue
          state = first.state()
          break
        }
      }
      const second = make(options)
      second.restore(JSON.parse(JSON.stringify(state)) as LoaderState)
      while (seen.length < expected.length) seen.push(...rest(second))
      expect(seen).toEqual(expected)
    }
  })

  test('is counted in examples, and the next loop after a break goes on', () => {
    const loader = make({ batchSize: 4 })
    expect(loader.state()).toEqual({ epoch: 0, position: 0 })
    for (const _ of loader) break
    expect(loader.state()).toEqual({ epoch: 0, position: 4 })
    expect(rest(loader)).toEqual([
      [4, 5, 6, 7],
      [8, 9],
    ])
    expect(loader.state()).toEqual({ epoch: 1, position: 0 })
  })

  test('at the end of an epoch, the next loop only finishes it', () => {
    const loader = make({ batchSize: 4 })
    loader.restore({ epoch: 2, position: 10 })
    expect(rest(loader)).toEqual([])
    expect(loader.state()).toEqual({ epoch: 3, position: 0 })
  })

  test('going back to the start of an epoch repeats it', () => {
    const loader = make(options)
    const first = rest(loader)
    rest(loader)
    loader.restore({ epoch: 0, position: 0 })
    expect(rest(loader)).toEqual(first)
  })

  test.each([
    { epoch: 0, position: 11 },
    { epoch: -1, position: 0 },
    { epoch: 0, position: 1.5 },
    { epoch: Number.NaN, position: 0 },
  ])('refuses %s', (state) => {
    expect(() => make(options).restore(state)).toThrow(ArgumentError)
  })
})

test.each([
  [{ batchSize: 0 }, 'batchSize is 0'],
  [{ batchSize: 2.5 }, 'batchSize is 2.5'],
  [{ seed: -1 }, 'seed is -1'],
  [{ batchsize: 4 }, "there is no option 'batchsize'"],
  [{ batchSize: 11, dropLast: true }, '10 examples make no batch of 11'],
])('refuses the options %s', (options, message) => {
  expect(() => make(options as DataLoaderOptions)).toThrow(ArgumentError)
  expect(() => make(options as DataLoaderOptions)).toThrow(message)
})
