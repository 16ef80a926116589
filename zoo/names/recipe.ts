import { Adam, evaluate, fit, OneCycleLR } from 'neurite'
import type { Findings, StudyContext, StudyRecipe } from '../../packages/cli/src/recipes/study.ts'
import { percent } from '../../packages/cli/src/terminal/text.ts'
import { makeGenerator } from '../language/generate.ts'
import { languageLoss, recurrentLanguageModel } from '../language/networks.ts'
import type { RecurrentLanguageModel } from '../language/networks.ts'
import { loadNames, pronounceable } from './names.ts'
import type { Names } from './names.ts'

export const sizes = { embeddingSize: 32, hiddenSize: 128 }
const wanted = 500
const longest = 20

export const recipe: StudyRecipe = {
  kind: 'study',
  name: 'names',
  summary: 'a GRU makes new names',
  data: { names: { summary: '32,033 first names in the letters a to z (downloaded once)' } },
  epochs: 5,
  batchSize: 64,
  unit: 'names',
  study,
}

async function study({
  seed,
  epochs,
  batchSize,
  signal,
  mirror,
  onTraining,
  columns,
}: StudyContext): Promise<Findings> {
  const data = await loadNames({ seed, mirror, signal })
  const { train, validation, vocabulary } = data
  const model = recurrentLanguageModel('GRU', vocabulary.size, sizes)
  const optimizer = new Adam(model, { learningRate: 0.005 })
  const totalSteps = epochs * Math.ceil(train.length / batchSize)
  const schedule = new OneCycleLR(optimizer, { maxLearningRate: 0.005, totalSteps, cycleMomentum: false })
  await fit(model, train, {
    loss: languageLoss,
    metrics: [],
    optimizer,
    schedule,
    epochs,
    batchSize,
    seed,
    clip: { norm: 1 },
    validation,
    signal,
    onEvent: onTraining,
  })
  const { loss } = await evaluate(model, validation, { loss: languageLoss, metrics: [] })
  const { made, fresh, pronounceableShare, realShare } = await judge(model, data, seed)
  return {
    results: {
      validationLoss: loss,
      made: made.length,
      fresh: fresh.length,
      pronounceableShare,
      realShare,
      samples: fresh.slice(0, 30),
    },
    lines: [
      `Validation loss ${loss.toFixed(4)} nats per letter`,
      `${fresh.length} of ${made.length} names made are in none of the ${data.all.length} real ones; of these`,
      `${percent(pronounceableShare)} are made of three letters in a row that real names have, of real names kept back ${percent(realShare)}`,
      '',
      'New names:',
      ...inColumns(fresh.slice(0, 30), columns),
    ],
    model,
    description: { sizes: { ...sizes, vocabulary: vocabulary.size }, vocabulary: vocabulary.toJSON() },
  }
}

export interface Judgement {
  readonly made: readonly string[]
  /** Each once, and none of the real ones. */
  readonly fresh: readonly string[]
  /** The share of the fresh ones that can be said. */
  readonly pronounceableShare: number
  /** The same of real names that were kept back, judged by the others. */
  readonly realShare: number
}

/** Lets the network make names, and looks whether they are new and can be said. */
export async function judge(
  model: RecurrentLanguageModel,
  data: Names,
  seed: number,
  count = wanted,
): Promise<Judgement> {
  const generator = makeGenerator(model, 0.8)
  const made: string[] = []
  for (let i = 0; i < count; i++) {
    const letters = await generator.generate({
      start: [data.border],
      end: data.border,
      count: longest,
      seed: seed * count + i,
    })
    made.push(data.vocabulary.decode(letters))
  }
  generator.free()
  const real = new Set(data.all)
  const kept = new Set(data.validationNames)
  const canBeSaid = pronounceable(data.all.filter((name) => !kept.has(name)))
  const share = (list: readonly string[]): number => list.filter(canBeSaid).length / Math.max(1, list.length)
  const fresh = [...new Set(made)].filter((name) => name.length > 1 && !real.has(name))
  return { made, fresh, pronounceableShare: share(fresh), realShare: share(data.validationNames) }
}

function inColumns(words: readonly string[], columns: number): string[] {
  const width = Math.max(...words.map((word) => word.length)) + 2
  const perLine = Math.max(1, Math.floor((columns - 2) / width))
  return Array.from(
    { length: Math.ceil(words.length / perLine) },
    (_, line) =>
      `  ${words
        .slice(line * perLine, (line + 1) * perLine)
        .map((word) => word.padEnd(width))
        .join('')
        .trimEnd()}`,
  )
}
