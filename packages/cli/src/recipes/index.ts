import { recipe as ball } from '../../../../zoo/ball/recipe.ts'
import { recipe as cnn } from '../../../../zoo/cnn/recipe.ts'
import { recipe as dcgan } from '../../../../zoo/dcgan/recipe.ts'
import { recipe as digits } from '../../../../zoo/digits/recipe.ts'
import { recipe as gaussianRing } from '../../../../zoo/gaussian-ring/recipe.ts'
import { recipe as mlp } from '../../../../zoo/mlp/recipe.ts'
import { recipe as neuron } from '../../../../zoo/neuron/recipe.ts'
import { recipe as perceptron } from '../../../../zoo/perceptron/recipe.ts'
import type { Recipe } from './recipe.ts'

/** Everything that `neurite train` knows, by name: the folders of the zoo. */
export const recipes: Readonly<Record<string, Recipe>> = {
  digits,
  cnn,
  ball,
  'gaussian-ring': gaussianRing,
  dcgan,
  mlp,
  perceptron,
  neuron,
}
