import { Adam, Conv2d, CosineAnnealingLR, Flatten, Linear, MaxPool2d, ReLU, Sequential } from 'neurite'
import { ballsDataset } from 'neurite/data'
import type { TensorDataset } from 'neurite/data'
import type { NetworkRecipe } from '../../packages/cli/src/recipes/recipe.ts'
import { insight } from './insight.ts'
import { scenes, side, testSize, trainSize } from './scenes.ts'

const dataset = (samples: number, first: number, seed: number): TensorDataset =>
  ballsDataset(scenes(samples, first, seed))

export const recipe: NetworkRecipe = {
  kind: 'network',
  name: 'ball',
  summary: 'is there a ball in the picture?',
  data: {
    generated: {
      summary: 'grey scenes with a ball, or with a square, a triangle, a cross or a line, and small ones strewn in',
      accuracy: 0.98,
      load: ({ seed }) => ({ train: dataset(trainSize, 0, seed), test: dataset(testSize, trainSize, seed) }),
    },
  },
  epochs: 5,
  batchSize: 64,
  preprocessing: { kind: 'contrast', side },
  model: () =>
    new Sequential(
      new Conv2d(1, 16, 5),
      new ReLU(),
      new MaxPool2d(2),
      new Conv2d(16, 32, 3),
      new ReLU(),
      new MaxPool2d(2),
      new Flatten(),
      new Linear(32 * 5 * 5, 64),
      new ReLU(),
      new Linear(64, 2),
    ),
  optimizer: (model) => new Adam(model, { learningRate: 0.002 }),
  schedule: (optimizer, steps) => new CosineAnnealingLR(optimizer, { tMax: steps, per: 'step' }),
  validation: 0.05,
  insight,
}
