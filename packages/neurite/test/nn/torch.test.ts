import { describe, expect, test } from 'vitest'
import {
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  contrastiveLoss,
  cosineEmbeddingLoss,
  cosineSimilarity,
  crossEntropy,
  ctcLoss,
  hingeLoss,
  huberLoss,
  init,
  klDivLoss,
  l1Loss,
  mseLoss,
  nllLoss,
  perceptronLoss,
  tensor,
  type Tensor,
  tripletMarginLoss,
} from '../../src/index.ts'
import { mismatch } from '../support/closeness.ts'
import { fixtureWeights, readFixture } from '../support/operation-fixtures.ts'

/** NaN and the infinities are stored by their names. */
type Stored = number | string

interface StoredTensor {
  readonly dtype: 'float32' | 'int32'
  readonly shape: readonly number[]
  readonly values: readonly Stored[]
}

interface LossCase {
  readonly operation: string
  readonly attributes: Readonly<Record<string, unknown>> & { readonly tensors?: readonly string[] }
  readonly inputs: readonly StoredTensor[]
  readonly outputs: readonly StoredTensor[]
  readonly gradients: readonly (readonly Stored[] | null)[]
}

interface Ctc {
  readonly inputLengths: readonly number[]
  readonly targetLengths: readonly number[]
}
type Pairs = { readonly y: Tensor }

const LOSSES = {
  mse: mseLoss,
  l1: l1Loss,
  huber: huberLoss,
  bce: binaryCrossEntropy,
  bceWithLogits: binaryCrossEntropyWithLogits,
  crossEntropy,
  hinge: hingeLoss,
  perceptron: perceptronLoss,
  nll: nllLoss,
  klDiv: klDivLoss,
  cosineSimilarity,
  cosineEmbedding: (a: Tensor, b: Tensor, { y, ...options }: Pairs) => cosineEmbeddingLoss(a, b, y, options),
  contrastive: (a: Tensor, b: Tensor, { y, ...options }: Pairs) => contrastiveLoss(a, b, y, options),
  tripletMargin: (a: Tensor, b: Tensor, { y, ...options }: Pairs) => tripletMarginLoss(a, b, y, options),
  ctc: (x: Tensor, y: Tensor, { inputLengths, targetLengths, ...options }: Ctc) =>
    ctcLoss(x.logSoftmax(2), y, inputLengths, targetLengths, options),
} as const

const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

const asTensor = ({ dtype, shape, values }: StoredTensor): Tensor =>
  tensor(dtype === 'int32' ? Int32Array.from(values, Number) : Float32Array.from(values, Number), { shape, dtype })

const cases = readFixture<LossCase[]>('losses/losses.json')

describe.each(['wasm', 'reference'] as const)('losses on %s are those of PyTorch', (device) => {
  test.each(Object.keys(LOSSES) as (keyof typeof LOSSES)[])('%s', async (name) => {
    await init({ device })
    const own = cases.filter(({ operation }) => operation === name)
    expect(own.length).toBeGreaterThan(1)
    for (const { attributes, inputs, outputs, gradients } of own) {
      const { tensors: tensorNames = [], ...rest } = attributes
      const options = Object.fromEntries(Object.entries(rest).map(([key, value]) => [camel(key), value]))
      for (const [i, key] of tensorNames.entries()) options[camel(key)] = asTensor(inputs[i + 2]!)
      const output = asTensor(inputs[0]!)
      output.requiresGrad = true
      const loss = (LOSSES[name] as (x: Tensor, y: Tensor, options: object) => Tensor)(
        output,
        asTensor(inputs[1]!),
        options,
      )
      const tolerance = { relative: 2e-6, absolute: 2e-6 }
      const what = `${JSON.stringify(attributes)} of [${inputs[0]!.shape.join()}]`
      expect(loss.shape).toEqual(outputs[0]!.shape)
      expect(mismatch(what, await loss.data(), outputs[0]!.values.map(Number), tolerance)).toBe('')
      loss.backward({ gradient: tensor(fixtureWeights(loss.size), { shape: loss.shape, dtype: 'float32' }) })
      const expected = gradients[0]
      if (expected === null || expected === undefined) continue
      expect(mismatch(`gradient of ${what}`, await output.grad!.data(), expected.map(Number), tolerance)).toBe('')
    }
  })
})
