import { expect, test } from 'vitest'
import { makeT2Data, readT1, readT2 } from '../support/training-fixtures.ts'

const sum = (values: Float32Array): number => values.reduce((total, value) => total + value, 0)

test('the data of T2 are those that PyTorch was trained on', () => {
  const fixture = readT2()
  const { weights, batches } = makeT2Data(fixture)
  expect(weights.map(({ length }) => length)).toEqual([784 * 512, 512 * 256, 256 * 10])
  // Multiples of 2^-28 and 2^-15: float64 adds them without rounding, in any order.
  expect(weights.map(sum)).toEqual(fixture.sums.weights)
  expect(batches.reduce((total, { inputs }) => total + sum(inputs), 0)).toBe(fixture.sums.pixels)
  expect([...weights[0]!.subarray(0, 3)]).toEqual(fixture.samples.weight1)
  expect([...batches[0]!.inputs.subarray(0, 3)]).toEqual(fixture.samples.pixels)
  expect([...batches[1]!.targets.subarray(0, 4)]).toEqual([8, 9, 0, 1])
})

test.each([
  ['T1', readT1()],
  ['T2', readT2()],
])('%s: the tolerance is max(1e-5, 5 |float32 - float64|)', (_, { steps, float32, float64, tolerances }) => {
  expect([float32.length, float64.length, tolerances.length]).toEqual([steps, steps, steps])
  for (const [i, tolerance] of tolerances.entries()) {
    const expected = Math.max(1e-5, 5 * Math.abs(float32[i]! - float64[i]!))
    expect(Math.abs(tolerance - expected)).toBeLessThan(expected / 100)
  }
})
