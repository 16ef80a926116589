import { expect, test } from 'vitest'
import { trainQuietly } from '../../packages/cli/test/in-process.ts'
import { attention } from './insight.ts'
import { recipe } from './recipe.ts'

const limit = { timeout: 300_000 }

test('after two of its five epochs it tells balls from the rest, and looks at the ball', limit, async () => {
  const { model, predictions } = await trainQuietly(recipe, { epochs: 2 })
  expect(predictions.actual).toHaveLength(4_000)
  expect(predictions.accuracy).toBeGreaterThanOrEqual(0.96)
  const { summary } = await attention(model, 0, 30)
  expect(summary.scenes).toBe(30)
  expect(summary.byChance).toBeLessThan(0.3)
  expect(summary.onBall).toBeGreaterThanOrEqual(0.9)
})
