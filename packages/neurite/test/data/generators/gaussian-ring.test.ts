import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { gaussianRing, measureRing } from '../../../src/data/index.ts'
import { ArgumentError } from '../../../src/errors.ts'

const center = (mode: number, modes = 8, radius = 2): [number, number] => [
  radius * Math.cos((2 * Math.PI * mode) / modes),
  radius * Math.sin((2 * Math.PI * mode) / modes),
]

test('points are normal about their centres, equally many about each', () => {
  const { inputs, labels } = gaussianRing({ samples: 8000, noise: 0.1, seed: 4 })
  const counts = new Map<number, number>()
  let squares = 0
  for (const [i, label] of labels.entries()) {
    counts.set(label, (counts.get(label) ?? 0) + 1)
    const [x, y] = center(label)
    squares += (inputs[2 * i]! - x) ** 2 + (inputs[2 * i + 1]! - y) ** 2
  }
  expect([...counts.values()]).toEqual(new Array(8).fill(1000))
  expect(Math.sqrt(squares / 16000)).toBeGreaterThan(0.098)
  expect(Math.sqrt(squares / 16000)).toBeLessThan(0.102)
})

test('are the same in every engine', () => {
  const { inputs } = gaussianRing({ samples: 100, seed: 5 })
  expect(createHash('sha256').update(Buffer.from(inputs.buffer)).digest('hex').slice(0, 16)).toBe('866b611c49569049')
})

test('other numbers of modes and radii', () => {
  const { inputs, labels } = gaussianRing({ samples: 6, modes: 3, radius: 5, noise: 0 })
  for (const [i, label] of labels.entries()) {
    const [x, y] = center(label, 3, 5)
    expect(inputs[2 * i]).toBeCloseTo(x, 5)
    expect(inputs[2 * i + 1]).toBeCloseTo(y, 5)
  }
})

test('the measure tells what a generator has missed', () => {
  const at = (modes: number[]): number[] => modes.flatMap((mode) => center(mode))
  expect(measureRing(at([0, 1, 2, 3, 4, 5, 6, 7]))).toEqual({ modes: 8, close: 1 })
  expect(measureRing(at([2, 2, 2, 5]))).toEqual({ modes: 2, close: 1 })
  expect(measureRing([...at([0]), 0, 0])).toEqual({ modes: 1, close: 0.5 })
  expect(measureRing([0, 0, 2.11, 0, 2.09, 0])).toEqual({ modes: 1, close: 1 / 3 })
  // One point of a thousand is no mode.
  expect(measureRing([...at(new Array<number>(999).fill(0)), ...at([1])]).modes).toBe(1)
  expect(measureRing([1, 0, -1, 0], { modes: 2, radius: 1, reach: 0.01 })).toEqual({ modes: 2, close: 1 })
})

test.each([{ modes: 1 }, { modes: 2.5 }, { radius: 0 }, { noise: -1 }, { samples: 0 }, { rings: 2 }])(
  'refuses %s',
  (options) => {
    expect(() => gaussianRing({ samples: 10, ...options })).toThrow(ArgumentError)
  },
)

test('the measure refuses no points, and wrong options', () => {
  expect(() => measureRing([])).toThrow(ArgumentError)
  expect(() => measureRing([1])).toThrow('1 numbers are no points')
  expect(() => measureRing([1, 1], { reach: 0 })).toThrow('reach is 0')
})
