import { init, manualSeed } from 'neurite'
import { expect, test } from 'vitest'
import { measure, trainRing } from './course.ts'
import { makeGenerator } from './networks.ts'
import { recipe } from './recipe.ts'

const limit = { timeout: 300_000 }

test('the generator finds at least 7 of 8 Gaussians, and 80 % of its points lie close to one', limit, async () => {
  await init({ threads: 1 })
  manualSeed(0)
  const { epochs, batchSize } = recipe
  const untrained = await measure(makeGenerator())
  expect(untrained.coverage.close).toBeLessThan(0.2)
  const { coverage } = await measure(await trainRing({ epochs, batchSize, seed: 0 }))
  expect(coverage.modes).toBeGreaterThanOrEqual(7)
  expect(coverage.close).toBeGreaterThanOrEqual(0.8)
})
