import { forecast, makeSeries } from 'neurite/data'
import { expect, test } from 'vitest'
import { studyQuietly } from '../../packages/cli/test/in-process.ts'
import { needs, sharedPath } from '../../packages/neurite/test/support/shared.ts'
import { errors, predictSame, targetsOf } from './compare.ts'
import type { Errors } from './compare.ts'
import { leastSquares, predictLinear } from './linear.ts'
import { recipe } from './recipe.ts'

test('sunspots: better than the linear model, and than "next equals last"', async (context) => {
  const mirror = needs(context, '../shared/data/time-series', sharedPath('data/time-series'))
  const { results } = await studyQuietly(recipe, { mirror })
  const { network, linear, same } = results['errors'] as Record<'network' | 'linear' | 'same', Errors>
  for (const measure of ['rootMeanSquare', 'meanAbsolute'] as const) {
    expect(network[measure]).toBeLessThan(linear[measure])
    expect(linear[measure]).toBeLessThan(same[measure])
  }
})

test('least squares find the rule of a series that has one', () => {
  const values = [1, 2]
  while (values.length < 60) values.push(1.5 * values.at(-1)! - 0.9 * values.at(-2)! + 0.2)
  const { train, test } = forecast(makeSeries(values), { steps: 2, scale: 'none' })
  const model = leastSquares(train)
  expect(model[0]).toBeCloseTo(-0.9, 3)
  expect(model[1]).toBeCloseTo(1.5, 3)
  expect(model[2]).toBeCloseTo(0.2, 3)
  expect(errors(predictLinear(model, test!), targetsOf(test!)).rootMeanSquare).toBeLessThan(1e-3)
})

test('"next equals last" is the last value of the first column', () => {
  const series = makeSeries({ a: [1, 2, 3, 4, 5, 6, 7, 8], b: [9, 9, 9, 9, 9, 9, 9, 9] })
  const { train } = forecast(series, { steps: 2, test: 0, scale: 'none' })
  expect([...predictSame(train)]).toEqual([2, 3, 4, 5, 6, 7])
  expect([...targetsOf(train)]).toEqual([3, 4, 5, 6, 7, 8])
  expect(errors([1, 2], [1, 4])).toEqual({ rootMeanSquare: Math.sqrt(2), meanAbsolute: 1 })
})
