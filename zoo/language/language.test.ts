import { Adam, evaluate, fit, manualSeed, tensor } from 'neurite'
import { CharacterVocabulary, tokenWindows } from 'neurite/data'
import { beforeEach, describe, expect, test } from 'vitest'
import { needs, sharedPath } from '../../packages/neurite/test/support/shared.ts'
import { makeGenerator } from './generate.ts'
import { languageLoss, recurrentLanguageModel, TransformerLanguageModel } from './networks.ts'
import type { LanguageModel } from './networks.ts'
import { shakespeare } from './shakespeare.ts'

beforeEach(() => manualSeed(0))

const small = { embeddingSize: 16, hiddenSize: 32 }
const kinds: Readonly<Record<string, (vocabulary: number) => LanguageModel>> = {
  RNN: (vocabulary) => recurrentLanguageModel('RNN', vocabulary, small),
  LSTM: (vocabulary) => recurrentLanguageModel('LSTM', vocabulary, small),
  GRU: (vocabulary) => recurrentLanguageModel('GRU', vocabulary, small),
  transformer: (vocabulary) => new TransformerLanguageModel(vocabulary, { width: 32, heads: 2, layers: 1, steps: 32 }),
}

async function learn(model: LanguageModel, text: Int32Array, steps: number, epochs: number): Promise<number> {
  const windows = tokenWindows(text, { steps, stride: 8 })
  const loss = languageLoss
  await fit(model, windows, {
    loss,
    metrics: [],
    optimizer: new Adam(model, { learningRate: 0.01 }),
    epochs,
    clip: { norm: 1 },
  })
  return (await evaluate(model, windows, { loss, metrics: [] })).loss
}

describe.each(Object.entries(kinds))('%s', (_, make) => {
  const line = 'pack my box with five dozen liquor jugs. '
  const vocabulary = CharacterVocabulary.build(line)

  test('learns a sentence by heart, and writes it', async () => {
    const model = make(vocabulary.size)
    const text = vocabulary.encode(line.repeat(20))
    // The first characters of a window cannot be foretold.
    expect(await learn(model, text, 32, 24)).toBeLessThan(0.3)
    const generator = makeGenerator(model, 0.1)
    const start = 'pack my '
    const tokens = await generator.generate({ start: vocabulary.encode(start), count: 70 })
    generator.free()
    expect(start + vocabulary.decode(tokens)).toBe(line.repeat(2).slice(0, start.length + 70))
  })

  test('no character sees those behind it', async () => {
    const model = make(8)
    model.eval()
    const scores = async (tokens: readonly number[]): Promise<number[]> => {
      const output = model.forward(tensor([tokens as number[]], { dtype: 'int32' }))
      return Array.from(await output.at(0, 1).data())
    }
    expect(await scores([1, 2, 3, 4])).toEqual(await scores([1, 2, 7, 0]))
    expect(await scores([1, 2, 3, 4])).not.toEqual(await scores([5, 2, 3, 4]))
  })
})

test('a generator gives the same text for the same seed, and ends where it is told', async () => {
  const model = recurrentLanguageModel('GRU', 6, small)
  const generator = makeGenerator(model)
  const options = { start: [0], count: 30 }
  const first = await generator.generate({ ...options, seed: 1 })
  expect(await generator.generate({ ...options, seed: 1 })).toEqual(first)
  expect(await generator.generate({ ...options, seed: 2 })).not.toEqual(first)
  const end = first[4]!
  expect(await generator.generate({ ...options, seed: 1, end })).toEqual(first.slice(0, first.indexOf(end)))
  generator.free()
})

test('the parts of the text are its first nine tenths and its last tenth', async (context) => {
  const mirror = needs(context, '../shared/data/tiny-shakespeare', sharedPath('data/tiny-shakespeare'))
  const { vocabulary, train, validation } = await shakespeare({ mirror })
  expect([vocabulary.size, train.length, validation.length]).toEqual([65, 1_003_854, 111_540])
})

test('150 steps of an LSTM on the plays beat what letters alone tell', async (context) => {
  const mirror = needs(context, '../shared/data/tiny-shakespeare', sharedPath('data/tiny-shakespeare'))
  const { vocabulary, train, validation } = await shakespeare({ mirror })
  const model = recurrentLanguageModel('LSTM', vocabulary.size, { embeddingSize: 32, hiddenSize: 64 })
  await learn(model, train.subarray(0, 150 * 32 * 8), 32, 1)
  const judged = tokenWindows(validation.subarray(0, 20_000), { steps: 64 })
  // The frequencies of single characters give 3.3.
  expect((await evaluate(model, judged, { loss: languageLoss, metrics: [] })).loss).toBeLessThan(2.6)
})
