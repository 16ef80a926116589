import { Adam, fit, huberLoss, OneCycleLR } from 'neurite'
import type { Tensor } from 'neurite'
import { forecast, monthlySunspots, pollution } from 'neurite/data'
import type { Series } from 'neurite/data'
import type { Findings, StudyContext, StudyData, StudyRecipe } from '../../packages/cli/src/recipes/study.ts'
import { compareAll } from './compare.ts'
import { ForecastNetwork } from './network.ts'

type Load = (options: { mirror?: string; signal?: AbortSignal }) => Promise<Series>

interface Source extends StudyData {
  readonly load: Load
  /** Rows that the network sees. */
  readonly steps: number
  readonly unitOfSeries: string
  readonly hiddenSize: number
  readonly learningRate: number
}

export const sources = {
  sunspots: {
    summary: 'the number of sunspots, month by month since 1749: what comes next month?',
    load: monthlySunspots,
    steps: 24,
    unitOfSeries: 'sunspots',
    hiddenSize: 24,
    learningRate: 0.004,
    epochs: 12,
    batchSize: 32,
  },
  pollution: {
    summary: 'fine dust in the air of Beijing and the weather, hour by hour: how much in the next hour?',
    load: pollution,
    steps: 24,
    unitOfSeries: 'micrograms per cubic metre',
    hiddenSize: 32,
    learningRate: 0.004,
    epochs: 6,
    batchSize: 128,
  },
} satisfies Record<string, Source>

export const recipe: StudyRecipe = {
  kind: 'study',
  name: 'forecast',
  summary: 'what comes next? An LSTM against two simple answers',
  data: sources,
  epochs: 12,
  batchSize: 32,
  unit: 'windows',
  study,
}

async function study(context: StudyContext): Promise<Findings> {
  const { dataName, seed, epochs, batchSize, signal, mirror, onTraining, say } = context
  const source: Source = sources[dataName as keyof typeof sources]
  const series = await source.load({ signal, ...(mirror === undefined ? {} : { mirror }) })
  const { steps } = source
  const parts = forecast(series, { steps, test: 0.2 })
  const { train, test } = parts
  say(`${train.length} windows of ${steps} rows to learn from, and ${test!.length} of the last fifth to test with`)
  const model = new ForecastNetwork(series.names.length, source.hiddenSize)
  const optimizer = new Adam(model, { learningRate: source.learningRate })
  const totalSteps = epochs * Math.ceil(train.length / batchSize)
  await fit(model, train, {
    loss: (output: Tensor, target: Tensor) => huberLoss(output, target, { delta: 0.5 }),
    metrics: [],
    optimizer,
    schedule: new OneCycleLR(optimizer, { maxLearningRate: source.learningRate, totalSteps, cycleMomentum: false }),
    epochs,
    batchSize,
    seed,
    clip: { norm: 1 },
    signal,
    onEvent: onTraining,
  })
  const found = await compareAll(model, parts, train)
  const line = (name: string, { rootMeanSquare, meanAbsolute }: (typeof found)['network']): string =>
    `  ${name.padEnd(24)}${rootMeanSquare.toFixed(2).padStart(12)}${meanAbsolute.toFixed(2).padStart(12)}`
  return {
    results: { errors: found, testWindows: test!.length },
    lines: [
      `Error on the last fifth, in ${source.unitOfSeries}`,
      `  ${''.padEnd(24)}${'root of mean'.padStart(12)}${'mean'.padStart(12)}`,
      `  ${''.padEnd(24)}${'square'.padStart(12)}${'absolute'.padStart(12)}`,
      line('LSTM', found.network),
      line('linear model', found.linear),
      line('next equals last', found.same),
    ],
    model,
    description: { steps, columns: series.names, hiddenSize: source.hiddenSize, scaler: parts.scaler.toJSON() },
  }
}
