import { compile, crossEntropy, fromData, noGrad } from 'neurite'
import type { Tensor } from 'neurite'
import { DataLoader } from 'neurite/data'
import type { Dataset } from 'neurite/data'
import type { LayerStack } from '../recipes/recipe.ts'

/** What a network says about every example of a dataset. */
export interface Predictions {
  readonly actual: Int32Array
  readonly predicted: Int32Array
  /** The probability that the network gives to each class: [examples, classes]. */
  readonly probabilities: Float32Array
  readonly classes: number
  readonly accuracy: number
  /** Mean cross-entropy. */
  readonly loss: number
}

const batchSize = 500

/** Shows a network all examples of a dataset, in evaluation mode. */
export async function predictAll(network: LayerStack, data: Dataset): Promise<Predictions> {
  network.eval()
  const program = compile((x: Tensor, y: Tensor) => {
    const output: Tensor = network.forward(x)
    return { probabilities: output.softmax(1), loss: crossEntropy(output, y) }
  })
  const actual = new Int32Array(data.length)
  const parts: Float32Array[] = []
  let loss = 0
  try {
    for (const batch of new DataLoader(data, { batchSize, copy: true })) {
      const [x, y] = [fromData(batch.inputs, batch.inputShape), fromData(batch.targets, batch.targetShape)]
      const result = noGrad(() => program(x as Tensor, y as Tensor))
      parts.push(await result.probabilities.data())
      actual.set(batch.targets, batch.indices[0])
      loss += batch.size * (await result.loss.item())
    }
  } finally {
    program.free()
    network.train()
  }
  return score(actual, parts, loss / data.length)
}

function score(actual: Int32Array, parts: readonly Float32Array[], loss: number): Predictions {
  const classes = parts.reduce((sum, part) => sum + part.length, 0) / actual.length
  const probabilities = new Float32Array(actual.length * classes)
  let place = 0
  for (const part of parts) {
    probabilities.set(part, place)
    place += part.length
  }
  const predicted = actual.map((_, i) => largest(probabilities.subarray(i * classes, (i + 1) * classes)))
  const right = predicted.reduce((count, label, i) => count + Number(label === actual[i]), 0)
  return { actual, predicted, probabilities, classes, accuracy: right / actual.length, loss }
}

/** The class that a network gives to each input. */
export async function classify(
  network: LayerStack,
  inputs: Float32Array,
  inputShape: readonly number[],
): Promise<Int32Array> {
  const count = inputs.length / inputShape.reduce((size, dimension) => size * dimension, 1)
  const output: Tensor = noGrad(() => network.forward(fromData(inputs, [count, ...inputShape]) as Tensor))
  return await output.argmax(1).data()
}

/** The place of the largest number. */
export function largest(values: ArrayLike<number>): number {
  let best = 0
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i
  return best
}
