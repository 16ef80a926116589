import { Adam, CosineAnnealingLR, Flatten, Linear, ReLU, Sequential } from 'neurite'
import { balls, TensorDataset } from 'neurite/data'
import { contrast } from '../../packages/cli/src/pictures/contrast.ts'
import type { NetworkRecipe } from '../../packages/cli/src/recipes/recipe.ts'

const side = 20
const [trainSize, testSize] = [20_000, 2_000]

/** Pictures number `first` and following, as the network sees them: how far each pixel is from the background. */
function pictures(samples: number, first: number, seed: number): TensorDataset {
  const { images, labels } = balls({ samples, size: side, seed, first })
  for (let start = 0; start < images.length; start += side * side) {
    const picture = images.subarray(start, start + side * side)
    picture.set(contrast({ pixels: picture, width: side, height: side }).pixels)
  }
  return new TensorDataset({
    inputs: { data: images, shape: [1, side, side] },
    targets: { data: labels, shape: [] },
    classNames: ['no ball', 'ball'],
  })
}

export const recipe: NetworkRecipe = {
  kind: 'network',
  name: 'ball',
  summary: 'is there a ball in the picture?',
  data: {
    generated: {
      summary: 'grey pictures of a ball, a square, a triangle, a cross or a line',
      accuracy: 0.95,
      load: ({ seed }) => ({ train: pictures(trainSize, 0, seed), test: pictures(testSize, trainSize, seed) }),
    },
  },
  epochs: 8,
  batchSize: 64,
  preprocessing: { kind: 'contrast', side },
  model: () =>
    new Sequential(
      new Flatten(),
      new Linear(side * side, 256),
      new ReLU(),
      new Linear(256, 64),
      new ReLU(),
      new Linear(64, 2),
    ),
  optimizer: (model) => new Adam(model),
  schedule: (optimizer, steps) => new CosineAnnealingLR(optimizer, { tMax: steps, per: 'step' }),
  validation: 0.05,
}
