import { digits } from 'neurite/data'
import { expect, test } from 'vitest'
import { trainQuietly } from '../../packages/cli/test/in-process.ts'
import type { NetworkRecipe } from '../../packages/cli/src/recipes/recipe.ts'
import { recipe } from './recipe.ts'

const limit = { timeout: 300_000 }

/** The recipe with few generated digits to learn from, and 500 others to test with. */
function withFew(source: string, train: number): NetworkRecipe {
  const load = () => digits({ train, test: 500 })
  return { ...recipe, data: { few: { ...recipe.data[source]!, load } } }
}

test('70 steps of the plain network are enough to read most generated digits', limit, async () => {
  const { predictions, description } = await trainQuietly(withFew('mnist', 4_700), { epochs: 1, threads: 1 })
  expect(description.training.steps).toBe(70)
  expect(predictions.accuracy).toBeGreaterThanOrEqual(0.75)
})

test('so are 70 steps of the deeper one, with pictures that are bent and turned at random', limit, async () => {
  const { predictions, description } = await trainQuietly(withFew('augmented', 2_350), { epochs: 2, threads: 1 })
  expect(description.training.steps).toBe(70)
  expect(predictions.accuracy).toBeGreaterThanOrEqual(0.75)
})
