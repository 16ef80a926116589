/**
 * Trains a network of the zoo for some hundred steps and lets PyTorch do the same, from the same first weights and with
 * the same batches:
 *
 *     npx tsx zoo/language/compare.ts rnn|lstm|transformer|names FOLDER [MIRROR]
 *     python3 zoo/language/compare.py FOLDER
 *
 * FOLDER gets the weights, the batches and Neurite's validation loss; MIRROR is the folder with the data.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Adam, evaluate, fit, init, manualSeed } from 'neurite'
import { DataLoader, TensorDataset, tokenWindows } from 'neurite/data'
import type { Dataset } from 'neurite/data'
import { writeNpy } from 'neurite/formats'
import type { StoredArray } from 'neurite/formats'
import { loadNames } from '../names/names.ts'
import { sizes as nameSizes } from '../names/recipe.ts'
import { languageLoss, recurrentLanguageModel, TransformerLanguageModel, transformerSizes } from './networks.ts'
import type { LanguageModel } from './networks.ts'
import { overlapping, shakespeare } from './shakespeare.ts'

const seed = 0
const steps = 300
const clip = 1
const judgedAtOnce = 64
const characterSizes = { embeddingSize: 64, hiddenSize: 256 }

interface Comparison {
  readonly model: LanguageModel
  readonly train: Dataset
  readonly validation: Dataset
  readonly batchSize: number
  readonly learningRate: number
}

type Prepare = (mirror: string | undefined) => Promise<Comparison>

const comparisons: Readonly<Record<string, Prepare>> = {
  rnn: (mirror) =>
    characters(mirror, 32, 0.002, (vocabulary) => recurrentLanguageModel('RNN', vocabulary, characterSizes)),
  lstm: (mirror) =>
    characters(mirror, 32, 0.004, (vocabulary) => recurrentLanguageModel('LSTM', vocabulary, characterSizes)),
  transformer: (mirror) =>
    characters(mirror, 16, 0.001, (vocabulary) => new TransformerLanguageModel(vocabulary, transformerSizes)),
  async names(mirror) {
    const { train, validation, vocabulary } = await loadNames({ seed, mirror })
    const model = recurrentLanguageModel('GRU', vocabulary.size, nameSizes)
    return { model, train, validation, batchSize: 64, learningRate: 0.004 }
  },
}

async function characters(
  mirror: string | undefined,
  batchSize: number,
  learningRate: number,
  make: (vocabulary: number) => LanguageModel,
): Promise<Comparison> {
  const { vocabulary, train, validation } = await shakespeare({ mirror })
  const windows = { train: overlapping(train, 64), validation: tokenWindows(validation, { steps: 64 }) }
  return { ...windows, model: make(vocabulary.size), batchSize, learningRate }
}

/** The examples of the first `count` batches, or all of them in their order, as they lie in memory. */
function collect(data: Dataset, batchSize: number, count: number | undefined) {
  const options = count === undefined ? { batchSize } : { batchSize, shuffle: true, seed, dropLast: true }
  const rows: Int32Array[][] = [[], []]
  for (const { inputs, targets } of new DataLoader(data, { ...options, copy: true })) {
    rows[0]!.push(inputs as Int32Array)
    rows[1]!.push(targets as Int32Array)
    if (rows[0]!.length === count) break
  }
  const joined = rows.map((parts) => {
    const all = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0))
    let at = 0
    for (const part of parts) {
      all.set(part, at)
      at += part.length
    }
    return all
  })
  return { inputs: joined[0]!, targets: joined[1]!, length: data.inputShape[0]! }
}

const [name = '', folder = '', mirror] = process.argv.slice(2)
const prepare = comparisons[name]
if (prepare === undefined || folder === '')
  throw new Error('usage: compare.ts rnn|lstm|transformer|names FOLDER [MIRROR]')
await init({ threads: 1 })
manualSeed(seed)
const { model, train, validation, batchSize, learningRate } = await prepare(mirror)

mkdirSync(folder, { recursive: true })
const write = (file: string, array: StoredArray): void => writeFileSync(join(folder, `${file}.npy`), writeNpy(array))
for (const [path, weight] of model.stateDict()) {
  write(`weight.${path}`, { dtype: 'float32', shape: weight.shape, data: (await weight.data()) as Float32Array })
}
const learned = collect(train, batchSize, steps)
const judged = collect(validation, judgedAtOnce, undefined)
for (const [part, { inputs, targets, length }] of Object.entries({ train: learned, validation: judged })) {
  write(`${part}.inputs`, { dtype: 'int32', shape: [inputs.length / length, length], data: inputs })
  write(`${part}.targets`, { dtype: 'int32', shape: [targets.length / length, length], data: targets })
}
const field = (data: Int32Array) => ({ data, shape: [learned.length] })
const { seconds } = await fit(
  model,
  new TensorDataset({ inputs: field(learned.inputs), targets: field(learned.targets) }),
  {
    loss: languageLoss,
    metrics: [],
    optimizer: new Adam(model, { learningRate }),
    clip: { norm: clip },
    batchSize,
    shuffle: false,
  },
)
const { loss } = await evaluate(model, validation, { loss: languageLoss, metrics: [], batchSize: judgedAtOnce })
const result = { name, steps, batchSize, learningRate, clip, judgedAtOnce, loss }
writeFileSync(join(folder, 'comparison.json'), `${JSON.stringify(result, undefined, 2)}\n`)
console.log(`Neurite: ${name}, validation loss ${loss.toFixed(5)} after ${steps} steps (${seconds.toFixed(0)} s)`)
