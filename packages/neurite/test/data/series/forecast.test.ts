import { describe, expect, test } from 'vitest'
import { DataLoader, forecast, makeSeries, Scaler } from '../../../src/data/index.ts'
import type { ForecastOptions, SeriesWindows, StoredScaler } from '../../../src/data/index.ts'
import { ArgumentError, DataError, ShapeError } from '../../../src/errors.ts'

/** Row r of the series is r, -r. */
const count = 50
const series = makeSeries({
  up: Array.from({ length: count }, (_, row) => row),
  down: Array.from({ length: count }, (_, row) => -row),
})

/** The rows that each window sees and predicts. */
function windowsOf(part: SeriesWindows): { seen: number[]; predicted: number[] }[] {
  const loader = new DataLoader(part, { batchSize: 1, copy: true })
  return Array.from(loader, ({ inputs, targets }) => ({ seen: [...inputs], predicted: [...targets] }))
}

const plain = { steps: 4, horizon: 2, inputs: ['up'], scale: 'none', test: 10, validation: 12 } as const

describe('windows', () => {
  test('lie inside their part, in the order of time', () => {
    const { train, validation, test: held } = forecast(series, plain)
    const borders: [SeriesWindows, number, number][] = [
      [train, 0, 28],
      [validation!, 28, 40],
      [held!, 40, 50],
    ]
    for (const [part, start, end] of borders) {
      const windows = windowsOf(part)
      expect(windows).toHaveLength(end - start - 5)
      for (const [index, { seen, predicted }] of windows.entries()) {
        expect([...seen, ...predicted]).toEqual(Array.from({ length: 6 }, (_, row) => start + index + row))
      }
      expect(windows.at(-1)!.predicted.at(-1)).toBe(end - 1)
    }
  })

  test('skip by the stride', () => {
    const { train } = forecast(series, { ...plain, stride: 5 })
    expect(windowsOf(train).map(({ seen }) => seen[0])).toEqual([0, 5, 10, 15, 20])
  })

  test('hold the columns that were asked for', () => {
    const { train, unscale } = forecast(series, { steps: 2, horizon: 2, targets: ['down', 'up'], scale: 'range' })
    expect([train.inputShape, train.targetShape]).toEqual([
      [2, 2],
      [2, 2],
    ])
    const [, second] = windowsOf(train)
    expect([...unscale(second!.predicted)].map((value) => Math.round(value * 1e4) / 1e4)).toEqual([-3, 3, -4, 4])
  })
})

describe('no leak', () => {
  test('what comes later changes nothing of what is learned', () => {
    const spoiled = makeSeries({
      up: Array.from({ length: count }, (_, row) => (row < 28 ? row : 1e6 - 7 * row)),
      down: Array.from({ length: count }, (_, row) => (row < 28 ? -row : 5)),
    })
    for (const scale of ['standard', 'range'] as const) {
      const options = { ...plain, scale }
      expect(forecast(spoiled, options).scaler.toJSON()).toEqual(forecast(series, options).scaler.toJSON())
      expect(windowsOf(forecast(spoiled, options).train)).toEqual(windowsOf(forecast(series, options).train))
    }
  })

  test('the rows to train with have mean 0 and deviation 1, the others need not', () => {
    const { train, test: held } = forecast(series, { ...plain, scale: 'standard' })
    const ups = train.rows.filter((_, i) => i % 2 === 0)
    const mean = ups.reduce((sum, x) => sum + x, 0) / ups.length
    expect(mean).toBeCloseTo(0, 6)
    expect(ups.reduce((sum, x) => sum + x * x, 0) / ups.length).toBeCloseTo(1, 6)
    expect(held!.rows[0]).toBeGreaterThan(3)
  })
})

test('parts that were not asked for are absent', () => {
  const whole = forecast(series, { steps: 3, test: 0 })
  expect([whole.validation, whole.test, whole.train.length]).toEqual([undefined, undefined, 47])
})

test.each([
  [{ steps: 0 }, 'steps is 0'],
  [{ steps: 4, test: 1.5 }, 'test is 1.5'],
  [{ steps: 4, test: 50 }, 'test is 50'],
  [{ steps: 4, inputs: ['left'] }, "no column 'left'"],
  [{ steps: 4, window: 3 }, "there is no option 'window'"],
  [{ steps: 4, scale: 'log' }, "'log'"],
])('refuses %s', (options, message) => {
  expect(() => forecast(series, options as unknown as ForecastOptions)).toThrow(ArgumentError)
  expect(() => forecast(series, options as unknown as ForecastOptions)).toThrow(message)
})

test('refuses parts without room, and numbers that are not finite', () => {
  expect(() => forecast(series, { steps: 10, test: 10 })).toThrow('the part to test has 10 rows')
  expect(() => forecast(series, { steps: 41 })).toThrow('the part to train has 40 rows')
  expect(() => forecast(makeSeries([1, 2, NaN, 4]), { steps: 1 })).toThrow("row 2, column 'value' is NaN")
  expect(() => makeSeries({ a: [1], b: [] })).toThrow(DataError)
})

describe('scaler', () => {
  const data = [1, 5, 3, 5, 8, 5]

  test.each(['standard', 'range'] as const)('%s goes there and back, and through JSON', (kind) => {
    const scaler = Scaler.fromJSON(JSON.parse(JSON.stringify(Scaler.fit(data, 2, kind))) as StoredScaler)
    const scaled = scaler.transform(data)
    for (const [i, value] of scaler.inverse(scaled).entries()) expect(value).toBeCloseTo(data[i]!, 5)
    // The column that never varies.
    expect([scaled[1], scaled[3]]).toEqual([0, 0])
  })

  test('refuses what it cannot learn from', () => {
    expect(() => Scaler.fit([1, 2, 3], 2)).toThrow(ShapeError)
    expect(() => Scaler.fit([], 1)).toThrow(DataError)
    expect(() => Scaler.fit([1, Infinity], 1)).toThrow('column 0 holds NaN or infinity')
    expect(() => Scaler.fit([NaN, 1], 1, 'range')).toThrow(DataError)
    expect(() => Scaler.fit(data, 2).inverse([1], 2)).toThrow('no column 2')
  })
})
