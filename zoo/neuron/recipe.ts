import type { StoryRecipe } from '../../packages/cli/src/recipes/recipe.ts'
import { fire } from './neuron.ts'

const inputs = [0.5, 0.6]
const neuron = { weights: [0.5, 0.7], bias: 0, threshold: 0.5 }

/** Sums of decimal fractions have errors in their last bits, which nobody wants to read. */
const short = (value: number): string => String(Number(value.toFixed(10)))

export const recipe: StoryRecipe = {
  kind: 'story',
  name: 'neuron',
  summary: 'one neuron, every step of its arithmetic',
  data: { example: { summary: 'the inputs 0.5 and 0.6' } },
  tell({ output }) {
    const { products, weightedSum, output: fired } = fire(neuron, inputs)
    const { weights, bias, threshold } = neuron
    output.say(
      'A neuron multiplies each input with a weight, adds everything up, and fires if the',
      'sum reaches its threshold.',
      '',
      ...inputs.map(
        (input, i) => `  input ${i + 1} x weight ${i + 1}    ${input} x ${weights[i]!} = ${short(products[i]!)}`,
      ),
      `  bias                  ${bias}`,
      `  weighted sum          ${[...products, bias].map(short).join(' + ')} = ${short(weightedSum)}`,
      '',
      `  step activation       is ${short(weightedSum)} at least ${threshold}?  ${fired === 1 ? 'yes' : 'no'}`,
      `  output                ${fired}  ${fired === 1 ? 'The neuron fires.' : 'The neuron stays quiet.'}`,
    )
    output.event('neuron', { inputs, ...neuron, products, weightedSum, output: fired })
  },
}
