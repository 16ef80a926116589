/** Metrics against numbers worked out by hand. */
import { beforeEach, describe, expect, test } from 'vitest'
import {
  Adam,
  ArgumentError,
  computeMetrics,
  crossEntropy,
  evaluate,
  fit,
  Identity,
  init,
  Linear,
  manualSeed,
  type MetricName,
  mseLoss,
  Sequential,
  ShapeError,
  tensor,
  type Tensor,
} from '../../src/index.ts'
import { TensorDataset } from '../../src/data/index.ts'

beforeEach(async () => {
  await init()
  manualSeed(1)
})

const labels = (values: number[]): Tensor => tensor(values, { dtype: 'int32' })
const one = async (name: MetricName, output: Tensor, target: Tensor): Promise<number> =>
  (await computeMetrics(output, target, [name]))[name]!

describe('classification', () => {
  // Named 0, 1, 1, 2, 2, 0; actual 0, 1, 2, 2, 0, 0.
  const output = tensor([
    [3, 1, 0],
    [0, 2, 1],
    [0, 4, 1],
    [0, 1, 5],
    [1, 0, 3],
    [9, 8, 7],
  ])
  const actual = labels([0, 1, 2, 2, 0, 0])
  // Right 2, 1, 1; named 2, 2, 2; actual 3, 1, 2.
  test.each([
    ['accuracy', 4 / 6],
    ['precision', 1 / 2],
    ['recall', 1],
    ['f1', 2 / 3],
    ['precisionMacro', (1 + 1 / 2 + 1 / 2) / 3],
    ['recallMacro', (2 / 3 + 1 + 1 / 2) / 3],
    ['f1Macro', (4 / 5 + 2 / 3 + 1 / 2) / 3],
    ['precisionMicro', 4 / 6],
    ['recallMicro', 4 / 6],
    ['f1Micro', 4 / 6],
    ['top1Accuracy', 4 / 6],
    // The third row has its class second, the fifth as well.
    ['top2Accuracy', 1],
  ] as const)('%s', async (name, expected) => {
    expect(await one(name, output, actual)).toBeCloseTo(expected, 6)
  })

  test('a class that nobody names or has counts in no mean; a share of nothing is 0', async () => {
    const few = tensor([
      [2, 1, 0],
      [2, 1, 0],
    ])
    expect(await one('f1Macro', few, labels([0, 0]))).toBe(1)
    expect(await one('precision', few, labels([0, 0]))).toBe(0)
    // Class 0: 1 of 2 named is right; class 1: never named, recall 0.
    expect(await one('recallMacro', few, labels([0, 1]))).toBe(1 / 2)
  })

  test('labels that do not count are left out', async () => {
    expect(await one('recallMicro', output, labels([0, 1, -100, -100, 0, -100]))).toBeCloseTo(2 / 3, 6)
  })

  test('one number per example stands for class 1 from 0.5 on', async () => {
    const chances = tensor([0.9, 0.5, 0.4, 0.2, 0.7])
    const target = tensor([1, 0, 1, 0, 1])
    // Named 1, 1, 0, 0, 1: two of three right, two of three found.
    expect(await one('precision', chances, target)).toBeCloseTo(2 / 3, 6)
    expect(await one('recall', chances, target)).toBeCloseTo(2 / 3, 6)
    expect(await one('accuracy', chances, target)).toBeCloseTo(3 / 5, 6)
  })

  test('perplexity is e to the mean cross-entropy', async () => {
    // Probabilities 1/2 and 1/8 at the labels: the geometric mean of 2 and 8.
    const logits = tensor([
      [Math.log(1), Math.log(1)],
      [Math.log(1), Math.log(7)],
    ])
    expect(await one('perplexity', logits, labels([0, 0]))).toBeCloseTo(4, 5)
  })
})

describe('area under the curve', () => {
  const auc = (scores: number[], target: number[]): Promise<number> => one('rocAuc', tensor(scores), tensor(target))

  test('counts pairs in the right order, ties half', async () => {
    expect(await auc([1, 2, 3, 4], [0, 0, 1, 1])).toBe(1)
    expect(await auc([4, 3, 2, 1], [0, 0, 1, 1])).toBe(0)
    // Pairs (yes, no): (2, 1) right, (2, 3) wrong, (4, 1) and (4, 3) right.
    expect(await auc([1, 2, 3, 4], [0, 1, 0, 1])).toBe(3 / 4)
    // (2, 1) right, (2, 2) half, (2, 1) right, (2, 2) half.
    expect(await auc([1, 2, 2, 2], [0, 0, 1, 1])).toBe(3 / 4)
    expect(await auc([5, 5, 5], [0, 1, 1])).toBe(1 / 2)
    expect(await auc([1, 2], [1, 1])).toBeNaN()
  })

  test('of two logits it is that of their difference', async () => {
    const logits = tensor([
      [0, 1],
      [3, 1],
      [2, 5],
    ])
    // Differences 1, -2, 3; classes 1, 0, 0.
    expect(await one('rocAuc', logits, labels([1, 0, 0]))).toBe(1 / 2)
  })
})

test('numbers: mean absolute error and R squared', async () => {
  const [output, target] = [tensor([1, 2, 4]), tensor([1, 4, 4])]
  expect(await one('meanAbsoluteError', output, target)).toBeCloseTo(2 / 3, 6)
  // Errors 0, 2, 0; distances from 3: 2, 1, 1.
  expect(await one('rSquared', output, target)).toBeCloseTo(1 - 4 / 6, 6)
  // A large mean takes no digits away: the same numbers, 10,000 higher.
  expect(await one('rSquared', output.add(10000), target.add(10000))).toBeCloseTo(1 - 4 / 6, 6)
})

test('a metric over batches is that of all examples, not the mean of the batches', async () => {
  const inputs = [[0.9], [0.1], [0.6], [0.4], [0.8], [0.3], [0.7]]
  const targets = [[1], [0], [1], [1], [0], [0], [1]]
  const data = TensorDataset.fromArrays({ inputs, targets })
  const names = ['f1', 'rocAuc', 'rSquared', 'meanAbsoluteError'] as const
  const whole = await computeMetrics(tensor(inputs), tensor(targets), names)
  for (const batchSize of [1, 2, 3, 7]) {
    const { metrics } = await evaluate(new Identity(), data, { loss: mseLoss, metrics: names, batchSize })
    for (const name of names) expect(metrics[name]).toBeCloseTo(whole[name]!, 6)
  }
})

test('fit takes names, functions, and names of one’s own, over the epoch and the validation', async () => {
  const inputs = Array.from({ length: 12 }, (_, i) => [i / 6 - 1, (i % 3) - 1])
  const data = TensorDataset.fromArrays({ inputs, labels: inputs.map(([a]) => Number(a! > 0)) })
  const model = new Sequential(new Linear(2, 2))
  const optimizer = new Adam(model, { learningRate: 0 })
  const common = { loss: crossEntropy, optimizer, batchSize: 5, validation: data, shuffle: false }
  const named = await fit(model, data, { ...common, metrics: ['accuracy', 'f1', 'rocAuc'] })
  const [record] = named.history
  // Nothing is learned at a rate of 0, so both are the same.
  expect(record!.metrics['f1']).toBeCloseTo(record!.validation!.metrics['f1']!, 6)
  expect(record!.metrics['rocAuc']).toBeCloseTo(record!.validation!.metrics['rocAuc']!, 6)
  expect(record!.accuracy).toBeCloseTo(record!.validation!.accuracy!, 6)
  const own = await fit(model, data, {
    ...common,
    metrics: { area: 'rocAuc', largest: (output) => output.max().detach() },
  })
  expect(Object.keys(own.history[0]!.metrics)).toEqual(['area', 'largest'])
  expect(own.history[0]!.metrics['area']).toBe(record!.metrics['rocAuc'])
})

test('what is no metric, or no output for it, is refused', async () => {
  const output = tensor([[1, 2, 3]])
  await expect(computeMetrics(output, labels([0]), ['f2' as never])).rejects.toThrow(ArgumentError)
  await expect(computeMetrics(output, labels([0]), ['f2' as never])).rejects.toThrow("there is no metric 'f2'")
  await expect(computeMetrics(output, labels([0]), { mine: 3 as never })).rejects.toThrow('the metric mine is 3')
  await expect(computeMetrics(output, labels([0]), ['rocAuc'])).rejects.toThrow('rocAuc: the output has 3 classes')
  await expect(computeMetrics(output, tensor([1, 2]), ['rSquared'])).rejects.toThrow(ShapeError)
  await expect(computeMetrics(output, tensor([1, 2]), ['top2Accuracy'])).rejects.toThrow(ShapeError)
})
