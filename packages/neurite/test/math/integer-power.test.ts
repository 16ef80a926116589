import { expect, test } from 'vitest'
import { integerPower } from '../../src/math/integer-power.ts'
import { pow } from '../../src/math/pow.ts'

test('whole powers are those of pow, within the rounding of their products', () => {
  for (const base of [0, 0.1, 0.5, 0.95, 0.999, 1, 1.05, 3]) {
    for (const exponent of [0, 1, 2, 3, 7, 10, 63, 100, 1000]) {
      const [power, expected] = [integerPower(base, exponent), pow(base, exponent)]
      if (Number.isFinite(expected)) expect(Math.abs(power - expected)).toBeLessThanOrEqual(1e-13 * expected)
      else expect(power).toBe(expected)
    }
  }
})

test('exact where float64 is, and never NaN where squares overflow', () => {
  expect([integerPower(2, 10), integerPower(0.5, 3), integerPower(0, 0), integerPower(10, 1)]).toEqual([
    1024, 0.125, 1, 10,
  ])
  expect(integerPower(1e200, 1)).toBe(1e200)
})
