import { describe, expect, test } from 'vitest'
import {
  DataLoader,
  nextTokenDataset,
  padSequences,
  randomWindows,
  tokenStreams,
  tokenWindows,
} from '../../../src/data/index.ts'
import type { TokenWindows } from '../../../src/data/index.ts'
import { ArgumentError, DataError } from '../../../src/errors.ts'

const tokens = Int32Array.from({ length: 100 }, (_, i) => i)

/** The inputs and targets of each window, which must follow each other. */
function windowsOf(windows: TokenWindows): number[][] {
  return Array.from(new DataLoader(windows, { batchSize: 1, copy: true }), ({ inputs, targets }) => {
    expect([...targets]).toEqual([...inputs].map((token) => token + 1))
    return [...inputs]
  })
}

test('windows one after the other, none beyond the end', () => {
  expect(tokenWindows(tokens, { steps: 10 })).toMatchObject({
    inputShape: [10],
    targetShape: [10],
    inputDType: 'int32',
  })
  expect(windowsOf(tokenWindows(tokens, { steps: 10 })).flat()).toEqual([...tokens.subarray(0, 90)])
  expect(windowsOf(tokenWindows(tokens, { steps: 98 }))).toHaveLength(1)
  expect(windowsOf(tokenWindows(tokens, { steps: 98, stride: 1 })).map(([first]) => first)).toEqual([0, 1])
})

test('windows at random places: the seed decides, the whole text is used', () => {
  const starts = (seed: number): number[] =>
    windowsOf(randomWindows(tokens, { steps: 90, count: 300, seed })).map(([first]) => first!)
  const first = starts(1)
  expect(new Set(first)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]))
  expect(starts(1)).toEqual(first)
  expect(starts(2)).not.toEqual(first)
})

test('streams go on from batch to batch, and through a restored loader', () => {
  const windows = tokenStreams(tokens, { steps: 7, streams: 3 })
  const loader = new DataLoader(windows, { batchSize: 3, copy: true })
  const batches = Array.from(loader, ({ inputs }) => [0, 1, 2].map((row) => [...inputs.subarray(row * 7, row * 7 + 7)]))
  expect(batches).toHaveLength(4)
  for (const row of [0, 1, 2]) {
    const read = batches.flatMap((batch) => batch[row]!)
    expect(read).toEqual(Array.from({ length: 28 }, (_, i) => row * 33 + i))
  }
  loader.restore({ epoch: 0, position: 6 })
  for (const { inputs } of loader) {
    expect(inputs[0]).toBe(14)
    break
  }
})

describe('refuse', () => {
  test('texts that are too short', () => {
    expect(() => tokenWindows(tokens, { steps: 100 })).toThrow(DataError)
    expect(() => randomWindows(tokens, { steps: 100, count: 1 })).toThrow('100 tokens')
    expect(() => tokenStreams(tokens, { steps: 34, streams: 3 })).toThrow('at least 103')
  })

  test('wrong options', () => {
    expect(() => tokenWindows(tokens, { steps: 0 })).toThrow(ArgumentError)
    expect(() => tokenWindows(tokens, { steps: 2, stride: 0 })).toThrow('stride is 0')
    expect(() => randomWindows(tokens, { steps: 2, count: 0 })).toThrow('count is 0')
    expect(() => tokenStreams(tokens, { steps: 2, streams: 1.5 })).toThrow('streams is 1.5')
    expect(() => tokenStreams(tokens, { steps: 2, stream: 1 } as never)).toThrow("no option 'stream'")
  })
})

describe('padding', () => {
  const sequences = [[1, 2, 3, 4], [5], []]

  test.each([
    [{}, [1, 2, 3, 4, 5, 0, 0, 0, 0, 0, 0, 0], [4, 1, 0]],
    [{ side: 'start', padding: 9 }, [1, 2, 3, 4, 9, 9, 9, 5, 9, 9, 9, 9], [4, 1, 0]],
    [{ length: 2 }, [1, 2, 5, 0, 0, 0], [2, 1, 0]],
    [{ length: 2, side: 'start' }, [3, 4, 0, 5, 0, 0], [2, 1, 0]],
  ] as const)('%s', (options, data, lengths) => {
    const padded = padSequences(sequences, options)
    expect([[...padded.data], [...padded.lengths]]).toEqual([data, lengths])
    expect(padded.length).toBe(data.length / 3)
  })

  test('refuses nothing to pad, and wrong options', () => {
    expect(() => padSequences([])).toThrow(DataError)
    expect(() => padSequences([[]])).toThrow(DataError)
    expect(() => padSequences([[1]], { side: 'left' as 'start' })).toThrow("side is 'left'")
    expect(() => padSequences([[1]], { length: 0 })).toThrow(ArgumentError)
  })

  test('short sequences with a start and an end', () => {
    const dataset = nextTokenDataset([[7, 8], [9]], { start: 1, end: 2, padding: 3 })
    expect(dataset).toMatchObject({ length: 2, inputShape: [3], targetShape: [3], inputDType: 'int32' })
    expect([...dataset.example(0).input, ...dataset.example(0).target]).toEqual([1, 7, 8, 7, 8, 2])
    expect([...dataset.example(1).input, ...dataset.example(1).target]).toEqual([1, 9, 3, 9, 2, -100])
  })
})
