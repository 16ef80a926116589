import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { importState } from 'neurite'
import { expect, test } from 'vitest'
import { studyQuietly } from '../../packages/cli/test/in-process.ts'
import { needs, sharedPath } from '../../packages/neurite/test/support/shared.ts'
import { FeatureTable, features } from './features.ts'
import { loadMessages } from './messages.ts'
import { SpamNetwork } from './network.ts'
import { recipe } from './recipe.ts'

test('it reaches an F1 of 0.95 on messages that it has not seen, and its files make the same network', async (context) => {
  const mirror = needs(context, '../shared/data/sms-spam', sharedPath('data/sms-spam'))
  const { results, folder } = await studyQuietly(recipe, { mirror })
  expect(results['f1']).toBeGreaterThanOrEqual(0.95)
  const description = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')) as {
    sizes: { embeddingSize: number; hiddenSize: number }
    features: string[]
    results: { f1: number }
  }
  expect(description.results.f1).toBe(results['f1'])
  const network = new SpamNetwork(new FeatureTable(description.features).size, description.sizes)
  await importState(readFileSync(join(folder, 'model.safetensors')), network)
})

test('the two parts share no message, and keep the share of spam', async (context) => {
  const mirror = needs(context, '../shared/data/sms-spam', sharedPath('data/sms-spam'))
  const { train, test, repeated } = await loadMessages({ seed: 3, mirror })
  expect(train.length + test.length + repeated).toBe(5574)
  const shareOf = (part: typeof train): number =>
    Array.from({ length: part.length }, (_, i) => part.example(i).target[0]!).reduce((a, b) => a + b, 0) / part.length
  expect(shareOf(test)).toBeCloseTo(shareOf(train), 3)
})

test('features are words, neighbours, signs and the lengths of numbers', () => {
  expect(features('WIN £500 now!')).toEqual(
    ['win', '£', '#3', 'now', '!'].concat(['win £', '£ #3', '#3 now', 'now !'], ['length 0', 'shouted 1']),
  )
  const table = FeatureTable.learn(['a b', 'a c'], 2)
  expect(table.names).toEqual(['a', 'length 0', 'shouted 0'])
  expect(table.encode('b')).toEqual([1, 3, 4])
})
