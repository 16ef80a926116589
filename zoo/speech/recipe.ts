import {
  Adam,
  BatchNorm2d,
  confusionMatrix,
  Conv2d,
  crossEntropy,
  Dropout,
  evaluate,
  fit,
  Flatten,
  Linear,
  MaxPool2d,
  OneCycleLR,
  ReLU,
  Sequential,
} from 'neurite'
import { DataLoader, logMelDataset, noise, shift, spokenDigits } from 'neurite/data'
import type { Recording, TensorDataset } from 'neurite/data'
import type { Findings, StudyContext, StudyRecipe } from '../../packages/cli/src/recipes/study.ts'
import { confusionMatrix as drawConfusion } from '../../packages/cli/src/terminal/confusion-matrix.ts'
import { percent } from '../../packages/cli/src/terminal/text.ts'

/** How a recording becomes a picture: 40 bands, one column per 20 ms, the first second. */
export const picture = {
  sampleRate: 8000,
  fftSize: 256,
  hopLength: 160,
  bands: 40,
  length: 6400,
  normalise: 'recording',
} as const
const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']

export const recipe: StudyRecipe = {
  kind: 'study',
  name: 'speech',
  summary: 'which digit was spoken?',
  data: { fsdd: { summary: '3,000 recordings of six people (16 MB, downloaded once)' } },
  epochs: 12,
  batchSize: 32,
  unit: 'recordings',
  study,
}

export const spectrograms = (recordings: readonly Recording[]): Promise<TensorDataset> =>
  logMelDataset(recordings, { ...picture, classNames: digits })

/** Pictures of 40 x 41: three convolutions, each followed by pooling. */
export function network() {
  return new Sequential(
    new Conv2d(1, 16, 3, { padding: 1 }),
    new BatchNorm2d(16),
    new ReLU(),
    new MaxPool2d(2),
    new Conv2d(16, 32, 3, { padding: 1 }),
    new BatchNorm2d(32),
    new ReLU(),
    new MaxPool2d(2),
    new Conv2d(32, 32, 3, { padding: 1 }),
    new BatchNorm2d(32),
    new ReLU(),
    new MaxPool2d(2),
    new Flatten(),
    new Dropout(0.3),
    new Linear(32 * 5 * 5, 64),
    new ReLU(),
    new Linear(64, 10),
  )
}

async function study({
  seed,
  epochs,
  batchSize,
  signal,
  mirror,
  onTraining,
  onLoading,
  say,
}: StudyContext): Promise<Findings> {
  const read = new Set<string>()
  const recordings = await spokenDigits({
    signal,
    ...(mirror === undefined ? {} : { mirror }),
    onProgress: ({ file }) => onLoading('reading recordings', read.add(file).size / 3000),
  })
  onLoading('computing spectrograms', 0)
  const [train, test] = [await spectrograms(recordings.train), await spectrograms(recordings.test)]
  say(`${train.length} recordings to learn from, ${test.length} others, the official test set, to test with`)
  const model = network()
  const optimizer = new Adam(model, { learningRate: 0.003 })
  const totalSteps = epochs * Math.ceil(train.length / batchSize)
  const augment = [shift({ pixels: 2 }), noise({ deviation: 0.1 })]
  await fit(model, new DataLoader(train, { batchSize, shuffle: true, seed, augment }), {
    loss: crossEntropy,
    optimizer,
    schedule: new OneCycleLR(optimizer, { maxLearningRate: 0.003, totalSteps, cycleMomentum: false }),
    epochs,
    signal,
    onEvent: onTraining,
  })
  const { accuracy = 0, loss } = await evaluate(model, test, { loss: crossEntropy })
  const confusion = await confusionMatrix(model, test)
  return {
    results: { testAccuracy: accuracy, testLoss: loss, testExamples: test.length, confusion },
    lines: [
      `Test accuracy  ${percent(accuracy, 2)}  (${Math.round(accuracy * test.length)} of ${test.length} recordings)`,
      '',
      'Confusion matrix (row: what was said; column: what the network hears)',
      ...drawConfusion(confusion, digits),
    ],
    model,
    description: { spectrogram: picture },
  }
}
