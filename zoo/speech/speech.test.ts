import { Adam, crossEntropy, evaluate, fit, manualSeed } from 'neurite'
import { spokenDigits } from 'neurite/data'
import { expect, test } from 'vitest'
import { needs, sharedPath } from '../../packages/neurite/test/support/shared.ts'
import { network, spectrograms } from './recipe.ts'

test('after four passes over two speakers it understands them', async (context) => {
  const mirror = needs(context, '../shared/data/fsdd', sharedPath('data/fsdd'))
  manualSeed(0)
  const recordings = await spokenDigits({ mirror, speakers: ['jackson', 'theo'] })
  const [train, test] = [await spectrograms(recordings.train), await spectrograms(recordings.test)]
  expect([train.length, test.length, ...train.inputShape]).toEqual([900, 100, 1, 40, 41])
  const model = network()
  await fit(model, train, { loss: crossEntropy, optimizer: new Adam(model, { learningRate: 0.003 }), epochs: 4 })
  const { accuracy } = await evaluate(model, test, { loss: crossEntropy })
  expect(accuracy).toBeGreaterThanOrEqual(0.9)
})
