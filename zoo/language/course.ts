import { Adam, evaluate, fit, OneCycleLR } from 'neurite'
import { DataLoader, tokenWindows } from 'neurite/data'
import type { Findings, StudyContext } from '../../packages/cli/src/recipes/study.ts'
import { makeGenerator } from './generate.ts'
import { languageLoss } from './networks.ts'
import type { LanguageModel } from './networks.ts'
import { overlapping, shakespeare } from './shakespeare.ts'

export interface CharacterCourse {
  readonly model: (vocabulary: number) => LanguageModel
  /** Characters per window while learning. */
  readonly steps: number
  /** Characters per window while judging: each window begins without knowing what was before. */
  readonly judgedSteps: number
  readonly maxLearningRate: number
  /** The sizes of the network, for the description. */
  readonly sizes: Readonly<Record<string, unknown>>
}

/** Learns to write like Shakespeare, one character after the other. */
export async function learnShakespeare(course: CharacterCourse, context: StudyContext): Promise<Findings> {
  const { seed, batchSize, epochs, signal, onTraining, onLoading, mirror, say } = context
  const { vocabulary, train, validation } = await shakespeare({ mirror, signal, onLoading })
  const model = course.model(vocabulary.size)
  const windows = new DataLoader(overlapping(train, course.steps), { batchSize, shuffle: true, seed, dropLast: true })
  const totalSteps = epochs * Math.floor(overlapping(train, course.steps).length / batchSize)
  const parameters = model.parameters().reduce((sum, { size }) => sum + size, 0)
  say(`${parameters} numbers to learn; ${totalSteps} steps with ${batchSize} windows of ${course.steps} characters`, '')
  const optimizer = new Adam(model, { learningRate: course.maxLearningRate })
  const judged = tokenWindows(validation, { steps: course.judgedSteps })
  const judging = { loss: languageLoss, metrics: [] as const, batchSize: 16 }
  const schedule = new OneCycleLR(optimizer, {
    maxLearningRate: course.maxLearningRate,
    totalSteps,
    pctStart: 0.15,
    cycleMomentum: false,
  })
  const { stopped, steps, seconds } = await fit(model, windows, {
    loss: languageLoss,
    metrics: [],
    optimizer,
    schedule,
    epochs,
    clip: { norm: 1 },
    validation: new DataLoader(judged, { batchSize: 16 }),
    signal,
    onEvent: onTraining,
  })
  const { loss } = await evaluate(model, judged, judging)
  const sample = await writeSample(model, vocabulary, seed)
  const judgedCharacters = judged.length * course.judgedSteps
  return {
    results: {
      validationLoss: loss,
      judgedCharacters,
      judgedSteps: course.judgedSteps,
      trainingSeconds: seconds,
      sample,
    },
    lines: [
      `Validation loss ${loss.toFixed(4)} nats per character, over ${judgedCharacters} characters of the last tenth`,
      `(${stopped ? 'ended early, ' : ''}${steps} steps, ${seconds.toFixed(0)} s)`,
      '',
      'What it writes:',
      '',
      ...sample.split('\n').map((line) => `  ${line}`),
    ],
    model,
    description: { sizes: { ...course.sizes, vocabulary: vocabulary.size }, vocabulary: vocabulary.toJSON() },
  }
}

async function writeSample(
  model: LanguageModel,
  vocabulary: { encode: (text: string) => Int32Array; decode: (tokens: readonly number[]) => string },
  seed: number,
): Promise<string> {
  const generator = makeGenerator(model, 0.8)
  const tokens = await generator.generate({ start: vocabulary.encode('\n'), count: 400, seed })
  generator.free()
  return vocabulary.decode(tokens)
}
