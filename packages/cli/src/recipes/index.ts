import { recipe as ball } from '../../../../zoo/ball/recipe.ts'
import { recipe as cnn } from '../../../../zoo/cnn/recipe.ts'
import { recipe as dcgan } from '../../../../zoo/dcgan/recipe.ts'
import { recipe as digits } from '../../../../zoo/digits/recipe.ts'
import { recipe as forecast } from '../../../../zoo/forecast/recipe.ts'
import { recipe as gaussianRing } from '../../../../zoo/gaussian-ring/recipe.ts'
import { recipe as lstm } from '../../../../zoo/lstm/recipe.ts'
import { recipe as memory } from '../../../../zoo/memory/recipe.ts'
import { recipe as mlp } from '../../../../zoo/mlp/recipe.ts'
import { recipe as names } from '../../../../zoo/names/recipe.ts'
import { recipe as neuron } from '../../../../zoo/neuron/recipe.ts'
import { recipe as perceptron } from '../../../../zoo/perceptron/recipe.ts'
import { recipe as rnn } from '../../../../zoo/rnn/recipe.ts'
import { recipe as spam } from '../../../../zoo/spam/recipe.ts'
import { recipe as speech } from '../../../../zoo/speech/recipe.ts'
import { recipe as transformer } from '../../../../zoo/transformer/recipe.ts'
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
  spam,
  memory,
  names,
  rnn,
  lstm,
  transformer,
  forecast,
  speech,
}
