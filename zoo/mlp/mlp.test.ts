import { Linear, Sequential } from 'neurite'
import { expect, test } from 'vitest'
import { trainQuietly } from '../../packages/cli/test/in-process.ts'
import { recipe } from './recipe.ts'

test.each(Object.entries(recipe.data))(
  '%s: the stated accuracy on new points, for three seeds',
  async (data, { accuracy }) => {
    for (const seed of [0, 1, 2]) {
      const { predictions } = await trainQuietly(recipe, { data, seed })
      expect(predictions.accuracy).toBeGreaterThanOrEqual(accuracy)
    }
  },
)

test.each(Object.keys(recipe.data))('%s: without hidden layers it cannot be learned', async (data) => {
  const line = { ...recipe, model: () => new Sequential(new Linear(2, 2)) }
  const { predictions } = await trainQuietly(line, { data })
  expect(predictions.accuracy).toBeLessThan(0.9)
})
