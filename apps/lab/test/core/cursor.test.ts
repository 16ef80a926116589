import { describe, expect, test } from 'vitest'
import { paceOfBoth } from '../../src/core/run/cursor.ts'

describe('where Step leads with two runs', () => {
  const pace = (next: number | undefined, previous: number) => ({ stepsPerEpoch: 4, jumps: { next, previous } })

  test.each([
    ['the nearer mistake, A', pace(5, 1), pace(9, 3), 4, pace(5, 3)],
    ['the nearer mistake, B', pace(8, 3), pace(5, 0), 4, pace(5, 3)],
    ['that of B where A has none left', pace(undefined, 4), pace(30, 20), 25, pace(30, 20)],
    ['nowhere where both are done', pace(undefined, 4), pace(undefined, 7), 25, pace(undefined, 7)],
    ['never back on Step where B has stopped early', pace(9, 3), pace(4, 2), 6, pace(9, 3)],
    ['never forward on Step back', pace(9, 3), pace(12, 8), 6, pace(9, 3)],
  ])('%s', (_name, a, b, head, both) => {
    expect(paceOfBoth(a, b, head)).toEqual(both)
  })

  test('one run alone, and runs in which every step changes something, lead where they did', () => {
    const a = pace(5, 1)
    expect(paceOfBoth(a, undefined, 3)).toBe(a)
    const plain = { stepsPerEpoch: 20 }
    expect(paceOfBoth(plain, { stepsPerEpoch: 30 }, 3)).toBe(plain)
  })
})
