/** What a neuron is: one weight per input, a bias, and how large the sum must be for it to fire. */
export interface Neuron {
  readonly weights: readonly number[]
  readonly bias: number
  readonly threshold: number
}

/** Every number on the way from the inputs to the output. */
export interface Steps {
  /** Input times weight, one for each input. */
  readonly products: readonly number[]
  /** All products and the bias. */
  readonly weightedSum: number
  /** The step activation: 1 where the sum reaches the threshold, else 0. */
  readonly output: 0 | 1
}

/** What a neuron makes of its inputs, step by step. */
export function fire({ weights, bias, threshold }: Neuron, inputs: readonly number[]): Steps {
  const products = inputs.map((input, i) => input * weights[i]!)
  const weightedSum = products.reduce((sum, product) => sum + product, bias)
  return { products, weightedSum, output: weightedSum >= threshold ? 1 : 0 }
}
