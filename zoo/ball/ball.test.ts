import { expect, test } from 'vitest'
import { trainQuietly } from '../../packages/cli/test/in-process.ts'
import { recipe } from './recipe.ts'

test('it tells balls from squares, triangles, crosses and lines with the stated accuracy', async () => {
  const { predictions } = await trainQuietly(recipe)
  expect(predictions.actual).toHaveLength(2_000)
  expect(predictions.accuracy).toBeGreaterThanOrEqual(recipe.data['generated']!.accuracy)
})
