import { loadMnist } from 'neurite/data'
import { expect, test } from 'vitest'
import { trainQuietly } from '../../packages/cli/test/in-process.ts'
import { predictAll } from '../../packages/cli/src/training/predictions.ts'
import { needs, sharedPath } from '../../packages/neurite/test/support/shared.ts'
import { recipe } from './recipe.ts'

const limit = { timeout: 300_000 }

/** Trained on generated digits once, for two tests. */
let generated: ReturnType<typeof trainQuietly> | undefined
const trainedOnGenerated = () => (generated ??= trainQuietly(recipe))

test('it reads generated digits with the stated accuracy', limit, async () => {
  const { predictions } = await trainedOnGenerated()
  expect(predictions.actual).toHaveLength(5_000)
  expect(predictions.accuracy).toBeGreaterThanOrEqual(recipe.data['generated']!.accuracy)
})

test('trained on generated digits only, it reads 93 % of the test set of MNIST', limit, async (context) => {
  const mirror = needs(context, '../shared/data/mnist', sharedPath('data/mnist'))
  const { test } = await loadMnist({ mirror })
  const { model } = await trainedOnGenerated()
  const { accuracy } = await predictAll(model, test)
  expect(accuracy).toBeGreaterThanOrEqual(0.93)
})

test('784-512-256-10 reaches 98 % on the test set of MNIST within 5 epochs', limit, async (context) => {
  const mirror = needs(context, '../shared/data/mnist', sharedPath('data/mnist'))
  const { predictions, description, model } = await trainQuietly(recipe, { data: 'mnist', mirror })
  expect(description.training.epochs).toBeLessThanOrEqual(5)
  expect([...model].flatMap((layer) => ('outFeatures' in layer ? [layer.outFeatures] : []))).toEqual([512, 256, 10])
  expect(predictions.actual).toHaveLength(10_000)
  expect(predictions.accuracy).toBeGreaterThanOrEqual(0.98)
})
