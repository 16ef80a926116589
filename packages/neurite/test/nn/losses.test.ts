import { beforeEach, describe, expect, test } from 'vitest'
import {
  ArgumentError,
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  compile,
  crossEntropy,
  DTypeError,
  hingeLoss,
  huberLoss,
  IndexOutOfRangeError,
  init,
  l1Loss,
  mseLoss,
  perceptronLoss,
  ShapeError,
  tensor,
  type Tensor,
  zeros,
} from '../../src/index.ts'

const close = async (actual: Tensor, expected: number | number[], digits = 5): Promise<void> => {
  const values = [...(await actual.data())]
  const wanted = [expected].flat()
  expect(values.length).toBe(wanted.length)
  for (const [i, value] of wanted.entries()) expect(values[i]).toBeCloseTo(value, digits)
}
const softmax = (row: number[]): number[] => {
  const total = row.reduce((sum, x) => sum + Math.exp(x), 0)
  return row.map((x) => Math.exp(x) / total)
}
const labelsOf = (values: number[]): Tensor => tensor(values, { dtype: 'int32' })

describe.each(['wasm', 'reference'] as const)('on %s', (device) => {
  beforeEach(() => init({ device }))

  test('mean squared, absolute and Huber loss', async () => {
    const [output, target] = [tensor([1, 2, 5]), tensor([1, 0, 0])]
    await close(mseLoss(output, target), (0 + 4 + 25) / 3)
    await close(mseLoss(output, target, { reduction: 'sum' }), 29)
    await close(l1Loss(output, target, { reduction: 'none' }), [0, 2, 5])
    // 2 (2 - 1) and 2 (5 - 1)
    await close(huberLoss(output, target, { delta: 2, reduction: 'none' }), [0, 2, 8])
    const x = tensor([0.5, 3, -3], { requiresGrad: true })
    huberLoss(x, zeros([3]), { reduction: 'sum' }).backward()
    await close(x.grad!, [0.5, 1, -1])
  })

  test('binary cross-entropy, plain and from logits, agree and stay finite', async () => {
    const logits = [-2, 0.5, 3]
    const targets = [0, 1, 0.25]
    const p = logits.map((x) => 1 / (1 + Math.exp(-x)))
    const expected = p.map((p, i) => -(targets[i]! * Math.log(p) + (1 - targets[i]!) * Math.log(1 - p)))
    await close(binaryCrossEntropy(tensor(p), tensor(targets), { reduction: 'none' }), expected)
    await close(binaryCrossEntropyWithLogits(tensor(logits), tensor(targets), { reduction: 'none' }), expected)
    await close(binaryCrossEntropy(tensor([0, 1]), tensor([1, 0]), { reduction: 'none' }), [100, 100])
    await close(binaryCrossEntropyWithLogits(tensor([-500, 500]), tensor([1, 0]), { reduction: 'none' }), [500, 500])
    const weights = { weight: tensor([1, 2, 0]), reduction: 'none' } as const
    await close(
      binaryCrossEntropyWithLogits(tensor(logits), tensor(targets), weights),
      expected.map((loss, i) => loss * [1, 2, 0][i]!),
    )
    const x = tensor(logits, { requiresGrad: true })
    binaryCrossEntropyWithLogits(x, tensor(targets), { reduction: 'sum' }).backward()
    await close(
      x.grad!,
      p.map((p, i) => p - targets[i]!),
    )
    // Positive examples count three times.
    const positive = binaryCrossEntropyWithLogits(tensor(logits), tensor([1, 1, 0]), {
      posWeight: tensor([3]),
      reduction: 'none',
    })
    await close(positive, [-3 * Math.log(p[0]!), -3 * Math.log(p[1]!), -Math.log(1 - p[2]!)])
  })

  test('hinge and perceptron loss, and where they have gradients', async () => {
    const output = tensor([0.5, 2, -1], { requiresGrad: true })
    const target = tensor([1, 1, 1])
    await close(hingeLoss(output, target, { reduction: 'none' }), [0.5, 0, 2])
    await close(hingeLoss(output, target, { margin: 3 }), (2.5 + 1 + 4) / 3)
    await close(perceptronLoss(output, target, { reduction: 'none' }), [0, 0, 1])
    perceptronLoss(output, target, { reduction: 'sum' }).backward()
    await close(output.grad!, [0, 0, -1])
    // Where the output is exactly 0, only the perceptron's own rule has a gradient.
    for (const [zeroIsMistake, slope] of [
      [false, 0],
      [true, -1],
    ] as const) {
      const edge = tensor([0, 1, -1], { requiresGrad: true })
      const loss = perceptronLoss(edge, target, { reduction: 'sum', zeroIsMistake })
      await close(loss, 1)
      loss.backward()
      await close(edge.grad!, [slope, 0, -1])
    }
  })

  describe('cross-entropy', () => {
    const rows = [
      [2, -1, 0.5],
      [0, 3, 1],
    ]
    const logs = rows.map((row) => softmax(row).map(Math.log))
    const output = tensor(rows)
    const labels = labelsOf([2, 1])

    test('is minus the logarithm of the softmax at the label, and its gradient softmax minus one-hot', async () => {
      const losses = [-logs[0]![2]!, -logs[1]![1]!]
      await close(crossEntropy(output, labels, { reduction: 'none' }), losses)
      await close(crossEntropy(output, labels), (losses[0]! + losses[1]!) / 2)
      await close(crossEntropy(output, labels, { reduction: 'sum' }), losses[0]! + losses[1]!)
      const x = tensor(rows, { requiresGrad: true })
      crossEntropy(x, labels).backward()
      const gradient = rows.flatMap((row, i) => softmax(row).map((p, c) => (p - Number(c === [2, 1][i])) / 2))
      await close(x.grad!, gradient)
      await close(crossEntropy(tensor([1000, 0]), labelsOf([1]).reshape([])), 1000)
    })

    test('takes probabilities', async () => {
      const target = tensor([
        [0.2, 0.3, 0.5],
        [0, 1, 0],
      ])
      const first = -(0.2 * logs[0]![0]! + 0.3 * logs[0]![1]! + 0.5 * logs[0]![2]!)
      await close(crossEntropy(output, target), (first - logs[1]![1]!) / 2)
    })

    test('smooths labels, as probabilities and as numbers', async () => {
      const expected = logs.map((row, i) => {
        const mean = row.reduce((sum, log) => sum + log, 0) / 3
        return -(0.9 * row[[2, 1][i]!]! + 0.1 * mean)
      })
      await close(crossEntropy(output, labels, { labelSmoothing: 0.1, reduction: 'none' }), expected)
      const hot = labels.oneHot(3).to('float32')
      await close(crossEntropy(output, hot, { labelSmoothing: 0.1, reduction: 'none' }), expected)
    })

    test('weights classes; the mean divides by the weights of the labels', async () => {
      const weight = tensor([1, 2, 4])
      const losses = [-4 * logs[0]![2]!, -2 * logs[1]![1]!]
      await close(crossEntropy(output, labels, { weight, reduction: 'none' }), losses)
      await close(crossEntropy(output, labels, { weight }), (losses[0]! + losses[1]!) / 6)
    })

    test('leaves ignored labels out of sum and mean', async () => {
      const labels = labelsOf([2, -100])
      await close(crossEntropy(output, labels, { ignoreIndex: -100 }), -logs[0]![2]!)
      const weight = tensor([1, 2, 4])
      await close(crossEntropy(output, labels, { ignoreIndex: -100, weight }), -logs[0]![2]!)
      await close(crossEntropy(output, labels, { ignoreIndex: -100, reduction: 'none' }), [-logs[0]![2]!, 0])
      const x = tensor(rows, { requiresGrad: true })
      crossEntropy(x, labels, { ignoreIndex: -100 }).backward()
      expect([...(await x.grad!.data())].slice(3)).toEqual([0, 0, 0])
    })

    test('has its classes on axis 1 where there are more axes', async () => {
      // [1, 3, 2]: two places, whose rows are those above.
      const output = tensor([[0, 1, 2].map((c) => [rows[0]![c]!, rows[1]![c]!])])
      const loss = crossEntropy(output, tensor([[2, 1]], { dtype: 'int32' }), { reduction: 'none' })
      expect(loss.shape).toEqual([1, 2])
      await close(loss, [-logs[0]![2]!, -logs[1]![1]!])
    })

    test('a label without a class throws, and inside compile makes the loss NaN', async () => {
      const run = (): unknown => crossEntropy(output, labelsOf([0, 3]))
      expect(run).toThrow(IndexOutOfRangeError)
      expect(run).toThrow(/label 1 is 3\n {2}expected: a class number from 0 to 2\n {2}fix: .+/)
      const loss = compile((x: Tensor, y: Tensor) => crossEntropy(x, y))
      expect(await loss(output, labelsOf([0, 3])).item()).toBeNaN()
      expect(await loss(output, labelsOf([0, -1])).item()).toBeNaN()
      await close(loss(output, labels), (-logs[0]![2]! - logs[1]![1]!) / 2)
    })
  })
})

describe('what does not fit is refused', () => {
  const output = zeros([4, 3])
  test.each([
    ['shapes', () => mseLoss(zeros([4, 1]), zeros([4])), ShapeError, 'target.unsqueeze(-1)'],
    ['shapes the other way', () => mseLoss(zeros([4]), zeros([4, 1])), ShapeError, 'output.unsqueeze(-1)'],
    ['float labels', () => crossEntropy(output, zeros([4])), DTypeError, "target.to('int32')"],
    ['label shape', () => crossEntropy(output, labelsOf([0, 1])), ShapeError, 'expected: a target of shape [4]'],
    ['probability shape', () => crossEntropy(output, zeros([4, 2])), ShapeError, 'a target of shape [4, 3]'],
    ['weight', () => crossEntropy(output, labelsOf([0, 1, 2, 0]), { weight: zeros([2]) }), ShapeError, '[3]'],
    ['smoothing', () => crossEntropy(output, output, { labelSmoothing: 2 }), ArgumentError, 'labelSmoothing is 2'],
    ['reduction', () => mseLoss(output, output, { reduction: 'max' as never }), ArgumentError, "'max'"],
    ['option', () => mseLoss(output, output, { reduce: true } as never), ArgumentError, "no option 'reduce'"],
    ['delta', () => huberLoss(output, output, { delta: 0 }), ArgumentError, 'delta is 0'],
  ] as [string, () => unknown, new (...args: never[]) => Error, string][])('%s', (_name, run, kind, message) => {
    expect(run).toThrow(kind)
    expect(run).toThrow(message)
  })
})
