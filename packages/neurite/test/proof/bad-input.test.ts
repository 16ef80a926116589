/** What a user may get wrong: each error says what happened, what was expected and how to fix it, and nothing breaks. */
import { expect, test } from 'vitest'
import { TensorDataset } from '../../src/data/index.ts'
import {
  Adam,
  compile,
  crossEntropy,
  Embedding,
  init,
  Linear,
  mseLoss,
  rand,
  SGD,
  tensor,
  type Tensor,
  zeros,
} from '../../src/index.ts'
import { errorOf } from '../support/error-of.ts'

/** The loss of one training step of a new model. */
async function lossOfAStep(): Promise<number> {
  const model = new Linear(3, 2)
  const optimizer = new SGD(model)
  const step = compile((x: Tensor<[4, 3], 'float32'>) => {
    const loss = model.forward(x).square().mean()
    optimizer.zeroGrad()
    loss.backward()
    optimizer.step()
    return loss
  })
  return step(rand([4, 3])).item()
}

const anyShape: Tensor = zeros([4, 5])
const labels = (...values: number[]): Tensor => tensor(new Int32Array(values))
const embed = compile((words: Tensor) => table.forward(words).sum())
const table = new Embedding(5, 2)

test.each<[string, () => unknown, string, RegExp]>([
  ['wrong shape', () => new Linear(3, 2).forward(anyShape), 'ShapeError', /expected 3 features, got 5/],
  ['wrong shape of targets', () => mseLoss(zeros([4, 1]), zeros([4])), 'ShapeError', /mseLoss/],
  ['wrong dtype', () => crossEntropy(zeros([2, 3]), zeros([2])), 'DTypeError', /labels of shape \[2\] are float32/],
  ['empty tensor', () => zeros([0, 3]).max(), 'ShapeError', /max: .*empty/],
  ['no classes', () => crossEntropy(zeros([2, 0]), labels(0, 0)), 'ShapeError', /shape \[2, 0\]/],
  [
    'NaN in the data',
    () =>
      new TensorDataset({
        inputs: { data: new Float32Array([1, NaN]), shape: [1] },
        targets: { data: new Float32Array(2), shape: [1] },
      }),
    'DataError',
    /NaN in example 1/,
  ],
  ['a label out of range', () => crossEntropy(zeros([2, 3]), labels(0, 3)).data(), 'IndexOutOfRangeError', /3/],
  ['a negative label', () => crossEntropy(zeros([2, 3]), labels(0, -1)).data(), 'IndexOutOfRangeError', /-1/],
  ['a negative learning rate', () => new Adam(new Linear(1, 1), { learningRate: -1 }), 'ArgumentError', /-1/],
  ['an unknown option', () => init({ thread: 2 } as never), 'ArgumentError', /thread/],
  ['an index outside a table', () => embed(labels(1, 7)), 'IndexOutOfRangeError', /index 7 along axis 0/],
  ['a negative index', () => embed(labels(-1, 0)), 'IndexOutOfRangeError', /index -1 along axis 0/],
  [
    'a program too large for the memory',
    () => rand([40_000, 40_000]).cumsum(0).sum().item(),
    'MemoryError',
    /needs \d+\.\d MiB of working memory; its largest buffers are .*\[40000, 40000\] 6103\.5 MiB/,
  ],
  ['a model too large for the memory', () => new Linear(60_000, 60_000).weight.data(), 'MemoryError', /60000/],
])('%s', async (_, run, kind, message) => {
  const { name, what, expected, fix } = await errorOf(run)
  expect(name).toBe(kind)
  expect(what).toMatch(message)
  expect(Math.min(expected.length, fix.length)).toBeGreaterThan(5)
  // What comes after works as before.
  expect(await lossOfAStep()).toBeGreaterThan(0)
})
