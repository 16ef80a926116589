import { Adam, Linear, ReLU, Sequential } from 'neurite'
import { circles, pointsDataset, spirals, twoMoons, xor } from 'neurite/data'
import type { PlanarData, PlanarOptions, TrainAndTest } from 'neurite/data'
import type { NetworkRecipe } from '../../packages/cli/src/recipes/recipe.ts'

/** Points to train with, and as many others to test with. */
function points(generate: (options: PlanarOptions) => PlanarData, samples: number, noise: number) {
  return ({ seed }: { seed: number }): TrainAndTest => ({
    train: pointsDataset(generate({ samples, noise, seed: 2 * seed }), { classNames: ['0', '1'] }),
    test: pointsDataset(generate({ samples, noise, seed: 2 * seed + 1 }), { classNames: ['0', '1'] }),
  })
}

export const recipe: NetworkRecipe = {
  kind: 'network',
  name: 'mlp',
  summary: 'a network with hidden layers learns what no line can separate',
  data: {
    moons: { summary: 'two half circles that reach into each other', accuracy: 0.98, load: points(twoMoons, 400, 0.1) },
    xor: { summary: 'the corners of a square, opposite corners alike', accuracy: 1, load: points(xor, 200, 0.1) },
    circles: { summary: 'a circle inside another', accuracy: 0.99, load: points(circles, 400, 0.05) },
    spirals: { summary: 'two arms wound into each other', accuracy: 0.98, load: points(spirals, 600, 0.02) },
  },
  epochs: 100,
  batchSize: 20,
  preprocessing: { kind: 'points' },
  model: () => new Sequential(new Linear(2, 32), new ReLU(), new Linear(32, 32), new ReLU(), new Linear(32, 2)),
  optimizer: (model) => new Adam(model, { learningRate: 0.01 }),
}
