import type { NeuronMessages } from '../../locales/bench-messages.ts'

export const neuron: NeuronMessages = {
  point: 'Today',
  inputs: ['clouds x₁', 'humidity x₂'],
  numbers: 'Its three numbers',
  threshold: (value) => `threshold ${value}`,
  sumName: 'The sum',
  begin: 'Nothing is added up yet. Step does the first product.',
  product: ({ index, input, weight, product }) => `Input ${index} times its weight: ${input} × ${weight} = ${product}`,
  sum: ({ products, bias, sum }) => `Both together, plus the bias: ${products} + ${bias} = ${sum}`,
  answer: ({ sum, threshold, output, fires }) =>
    `${sum} ${fires ? 'reaches' : 'stays below'} the threshold ${threshold}: the neuron ${fires ? 'fires' : 'rests'}, and ${output} comes out`,
  fires: 'fires',
  rests: 'rests',
  bars: 'How the sum adds up',
  mistakes: 'Mistakes',
  length: 'Length of the weights',
  distance: 'From the origin to the line',
  days: ({ right, of, wet }) => `${right} of ${of} days are right; on ${wet} of them the neuron says umbrella.`,
  place:
    'Click on the picture to look at another place. Drag the round handle to shift the line, the square one to turn it.',
}
