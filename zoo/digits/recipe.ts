import { Adam, CosineAnnealingLR, Flatten, Linear, ReLU, Sequential } from 'neurite'
import { digits, loadMnist } from 'neurite/data'
import type { NetworkRecipe } from '../../packages/cli/src/recipes/recipe.ts'

export const recipe: NetworkRecipe = {
  kind: 'network',
  name: 'digits',
  summary: 'which digit is it?',
  data: {
    generated: {
      summary: 'digits that look handwritten, drawn by a generator',
      accuracy: 0.92,
      load: ({ seed, signal, onProgress }) =>
        digits({
          train: 60_000,
          test: 5_000,
          seed,
          signal,
          onProgress: ({ made, total }) => onProgress('drawing digits', made / total),
        }),
    },
    mnist: {
      summary: 'the real handwritten digits of MNIST (12 MB, downloaded once)',
      accuracy: 0.98,
      load: ({ signal, mirror, onProgress }) =>
        loadMnist({
          signal,
          ...(mirror === undefined ? {} : { mirror }),
          onProgress: ({ file, loadedBytes, totalBytes }) =>
            onProgress(`reading ${file}`, loadedBytes / (totalBytes ?? Infinity)),
        }),
    },
  },
  epochs: 5,
  batchSize: 128,
  preprocessing: { kind: 'digit' },
  model: () =>
    new Sequential(
      new Flatten(),
      new Linear(28 * 28, 512),
      new ReLU(),
      new Linear(512, 256),
      new ReLU(),
      new Linear(256, 10),
    ),
  optimizer: (model) => new Adam(model, { learningRate: 0.002 }),
  schedule: (optimizer, steps) => new CosineAnnealingLR(optimizer, { tMax: steps, per: 'step' }),
  validation: 0.05,
}
