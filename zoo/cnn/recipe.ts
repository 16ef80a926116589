import { Adam, BatchNorm2d, Conv2d, Dropout, Flatten, Linear, MaxPool2d, OneCycleLR, ReLU, Sequential } from 'neurite'
import { elastic, rotate, scale, shift } from 'neurite/data'
import type { TrainAndTest } from 'neurite/data'
import type { Course, LoadOptions, NetworkRecipe } from '../../packages/cli/src/recipes/recipe.ts'
import { recipe as digits } from '../digits/recipe.ts'

/** The network whose speed the benchmark measures as T3, with dropout. */
const plain = () =>
  new Sequential(
    new Conv2d(1, 32, 3),
    new ReLU(),
    new Conv2d(32, 64, 3),
    new ReLU(),
    new MaxPool2d(2),
    new Dropout(0.25),
    new Flatten(),
    new Linear(64 * 12 * 12, 128),
    new ReLU(),
    new Dropout(0.5),
    new Linear(128, 10),
  )

/** Three convolutions and two poolings: less than half the work, and it gains more from pictures that always differ. */
const deeper = () =>
  new Sequential(
    new Conv2d(1, 32, 5),
    new BatchNorm2d(32),
    new ReLU(),
    new MaxPool2d(2),
    new Conv2d(32, 64, 3),
    new BatchNorm2d(64),
    new ReLU(),
    new Conv2d(64, 64, 3),
    new BatchNorm2d(64),
    new ReLU(),
    new MaxPool2d(2),
    new Dropout(0.25),
    new Flatten(),
    new Linear(64 * 4 * 4, 128),
    new ReLU(),
    new Dropout(0.4),
    new Linear(128, 10),
  )

const augmented: Partial<Course> = {
  model: deeper,
  schedule: (optimizer, steps) => new OneCycleLR(optimizer, { maxLearningRate: 0.003, totalSteps: steps }),
  augment: [
    rotate({ degrees: 10 }),
    scale({ from: 0.9, to: 1.1 }),
    shift({ pixels: 1.5 }),
    elastic({ deviation: 0.6 }),
  ],
}

/** Generated digits to learn from, the test set of MNIST to test with. */
async function generated(options: LoadOptions): Promise<TrainAndTest> {
  const [{ train }, { test }] = [await load('generated', options), await load('mnist', options)]
  return { train, test }
}

const load = (data: string, options: LoadOptions) => digits.data[data]!.load(options)

export const recipe: NetworkRecipe = {
  kind: 'network',
  name: 'cnn',
  summary: 'which digit is it? A convolutional network knows',
  data: {
    mnist: {
      summary: 'the real handwritten digits of MNIST (12 MB, downloaded once)',
      accuracy: 0.99,
      load: (options) => load('mnist', options),
    },
    augmented: {
      ...augmented,
      summary: 'MNIST, shifted, turned, scaled and bent at random in each epoch',
      accuracy: 0.994,
      epochs: 10,
      load: (options) => load('mnist', options),
    },
    generated: {
      ...augmented,
      summary: 'generated digits to learn from, and those of MNIST to test with',
      accuracy: 0.96,
      epochs: 4,
      load: generated,
    },
  },
  epochs: 5,
  batchSize: 64,
  preprocessing: { kind: 'digit' },
  model: plain,
  optimizer: (model) => new Adam(model),
  schedule: (optimizer, steps) =>
    new OneCycleLR(optimizer, { maxLearningRate: 0.002, totalSteps: steps, pctStart: 0.2 }),
  validation: 0.05,
}
