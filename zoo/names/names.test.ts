import { expect, test } from 'vitest'
import { studyQuietly } from '../../packages/cli/test/in-process.ts'
import { needs, sharedPath } from '../../packages/neurite/test/support/shared.ts'
import { pronounceable } from './names.ts'
import { recipe } from './recipe.ts'

test('after one pass it makes new names, most of which can be said', async (context) => {
  const mirror = needs(context, '../shared/data/names', sharedPath('data/names'))
  const { results } = await studyQuietly(recipe, { mirror, epochs: 1 })
  expect(results['validationLoss']).toBeLessThan(2.3)
  expect(results['pronounceableShare']).toBeGreaterThan(0.6)
  expect(results['fresh']).toBeGreaterThan(200)
})

test('random letters cannot be said', () => {
  const canBeSaid = pronounceable(Array.from({ length: 10 }, () => 'anna'))
  expect(canBeSaid('anna')).toBe(true)
  expect(canBeSaid('naan')).toBe(false)
  expect(canBeSaid('nn')).toBe(false)
})
