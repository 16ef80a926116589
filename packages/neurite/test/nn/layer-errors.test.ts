/** What layers refuse, with messages that name their place in the model; and what the contract cannot show. */
import { beforeEach, describe, expect, test } from 'vitest'
import {
  ArgumentError,
  BatchNorm1d,
  BatchNorm2d,
  compile,
  Conv1d,
  Conv2d,
  ConvTranspose2d,
  cosineEmbeddingLoss,
  ctcLoss,
  Dropout2d,
  DTypeError,
  evaluateNow,
  GroupNorm,
  init,
  InstanceNorm1d,
  InstanceNorm2d,
  klDivLoss,
  LayerNorm,
  manualSeed,
  MaxPool2d,
  type Module,
  MultiheadAttention,
  nllLoss,
  ones,
  PositionalEncoding,
  ReLU,
  RMSNorm,
  scaledDotProductAttention,
  Sequential,
  ShapeError,
  summary,
  tensor,
  type Tensor,
  TransformerEncoderLayer,
  tripletMarginLoss,
  zeros,
} from '../../src/index.ts'

beforeEach(async () => {
  await init()
  manualSeed(1)
})

const whole = (...shape: number[]): Tensor => zeros(shape, { dtype: 'int32' })
const labels = (values: number[][]): Tensor => tensor(values, { dtype: 'int32' })

describe('layers refuse', () => {
  const attention = new MultiheadAttention(8, 2)
  test.each([
    ['groups that do not divide', () => new GroupNorm(3, 8), ArgumentError, '3 groups do not divide 8 channels'],
    [
      'heads that do not divide',
      () => new MultiheadAttention(10, 4),
      ArgumentError,
      '4 heads do not divide the size 10',
    ],
    ['heads of a block', () => new TransformerEncoderLayer(10, 4), ArgumentError, '4 heads do not divide the size 10'],
    ['no features', () => new BatchNorm1d(0), ArgumentError, 'BatchNorm1d: numFeatures is 0'],
    ['no shape', () => new LayerNorm([]), ArgumentError, 'the length of normalizedShape is 0'],
    ['a momentum', () => new BatchNorm2d(3, { momentum: 2 }), ArgumentError, 'momentum is 2'],
    ['an eps', () => new LayerNorm(3, { eps: NaN }), ArgumentError, 'eps is NaN'],
    ['an option', () => new LayerNorm(3, { epsilon: 1 } as never), ArgumentError, "no option 'epsilon'"],
    [
      'an activation',
      () => new TransformerEncoderLayer(4, 2, { activation: 'tanh' as never }),
      ArgumentError,
      "'tanh'",
    ],
    ['a probability', () => new Dropout2d(2), ArgumentError, 'Dropout2d: the probability is 2'],
    [
      'channels',
      () => new BatchNorm2d(3).forward(zeros([2, 4, 5, 5])),
      ShapeError,
      'expected: 3 channels (axis 1), not 4',
    ],
    ['a rank', () => new BatchNorm1d(3).forward(zeros([2, 3, 4, 5])), ShapeError, 'expected: [N, C] or [N, C, L]'],
    ['one value', () => new BatchNorm1d(3).forward(zeros([1, 3])), ShapeError, 'more than one value per channel'],
    ['a momentum of instances', () => new InstanceNorm1d(3, { momentum: null as never }), ArgumentError, 'momentum'],
    ['a stride', () => new Conv2d(1, 2, 3, { stride: 0 }), ArgumentError, 'Conv2d: stride is 0'],
    ['a dilation', () => new Conv1d(1, 2, 3, { dilation: [1, 2] }), ArgumentError, 'Conv1d: dilation is [1,2]'],
    ['a padding', () => new Conv2d(1, 2, 3, { padding: -1 }), ArgumentError, 'padding'],
    ['a stride and same', () => new Conv2d(1, 2, 3, { padding: 'same', stride: 2 }), ArgumentError, "padding 'same'"],
    ['a stride of the transpose', () => new ConvTranspose2d(1, 2, 3, { stride: 1.5 }), ArgumentError, 'stride is 1.5'],
    ['a stride of a pool', () => new MaxPool2d(2, { stride: 0 }), ArgumentError, 'MaxPool2d: stride is 0'],
    ['a dilation of a pool', () => new MaxPool2d(2, { dilation: -1 }), ArgumentError, 'MaxPool2d: dilation is -1'],
    ['one place', () => new InstanceNorm1d(3).forward(zeros([2, 3, 1])), ShapeError, 'more than one value per channel'],
    ['channels of instances', () => new InstanceNorm2d(3).forward(zeros([4, 5, 5])), ShapeError, '3 channels (axis 0)'],
    ['a single example', () => new GroupNorm(2, 4).forward(zeros([4])), ShapeError, 'expected: [N, C, ...]'],
    ['integers', () => new BatchNorm1d(3).forward(whole(2, 3)), DTypeError, 'got a tensor of dtype int32'],
    ['integers in rows', () => new RMSNorm(3).forward(whole(2, 3)), DTypeError, 'got a tensor of dtype int32'],
    ['last axes', () => new LayerNorm([3, 2]).forward(zeros([3, 3])), ShapeError, 'expected: [..., 3, 2]'],
    ['a query size', () => attention.forward(zeros([3, 2, 6])), ShapeError, '[length, batch, 8]'],
    ['two batch sizes', () => attention.forward(zeros([3, 2, 8]), zeros([3, 1, 8])), ShapeError, 'one batch size'],
    [
      'values without keys',
      () => attention.forward(zeros([3, 2, 8]), zeros([3, 2, 8]), zeros([4, 2, 8])),
      ShapeError,
      'keys as long as values',
    ],
    [
      'a mask',
      () => attention.forward(zeros([3, 2, 8]), undefined, undefined, { attnMask: zeros([2, 3]) }),
      ShapeError,
      'a mask [3, 3] or [4, 3, 3]',
    ],
    [
      'a padding mask',
      () => attention.forward(zeros([3, 2, 8]), undefined, undefined, { keyPaddingMask: zeros([3, 3]) }),
      ShapeError,
      'a padding mask [2, 3]',
    ],
    [
      'an integer mask',
      () => attention.forward(zeros([3, 2, 8]), undefined, undefined, { attnMask: whole(3, 3) }),
      DTypeError,
      'a mask of dtype int32',
    ],
    [
      'a mask and a causal mask',
      () =>
        scaledDotProductAttention(ones([2, 3]), ones([2, 3]), ones([2, 3]), { isCausal: true, attnMask: ones([2, 2]) }),
      ArgumentError,
      'there are a mask and isCausal',
    ],
    [
      'a long sequence',
      () => new PositionalEncoding(4, { maxLength: 3 }).forward(zeros([5, 1, 4])),
      ShapeError,
      'a length of at most 3',
    ],
    ['whole channels of a vector', () => new Dropout2d().forward(zeros([3])), ShapeError, '[N, C, H, W]'],
  ] as [string, () => unknown, new (...args: never[]) => Error, string][])('%s', (_name, run, kind, message) => {
    expect(run).toThrow(kind)
    expect(run).toThrow(message)
  })

  test('and name their path', () => {
    const model = new Sequential(new ReLU(), new Sequential(new BatchNorm1d(3)) as never)
    expect(() => model.forward(zeros([2, 4]))).toThrow(/^1\.0 \(BatchNorm1d\): got a tensor of shape \[2, 4\]/)
    const block = new Sequential(new TransformerEncoderLayer(4, 2) as never)
    expect(() => block.forward(zeros([2, 3, 5]))).toThrow(/^0\.self_attn \(MultiheadAttention\): got a tensor/)
  })
})

describe('losses refuse', () => {
  const logs = zeros([4, 2, 3])
  test.each([
    ['labels that are float32', () => nllLoss(zeros([2, 3]), zeros([2])), DTypeError, 'nllLoss: the target is float32'],
    ['the shape of labels', () => nllLoss(zeros([2, 3]), whole(3)), ShapeError, 'nllLoss: the output has shape [2, 3]'],
    ['targets of pairs', () => cosineEmbeddingLoss(zeros([2, 3]), zeros([2, 3]), zeros([3])), ShapeError, 'one target'],
    ['a margin', () => tripletMarginLoss(logs, logs, logs, { margin: 0 }), ArgumentError, 'margin is 0'],
    ['a third shape', () => tripletMarginLoss(logs, logs, zeros([4])), ShapeError, 'equal shapes'],
    ['a reduction', () => klDivLoss(logs, logs, { reduction: 'max' as never }), ArgumentError, "'max'"],
    ['targets of another batch', () => ctcLoss(logs, whole(3, 1), [4], [1]), ShapeError, 'targets [N, S]'],
    ['targets that are float32', () => ctcLoss(logs, zeros([2, 1]), [4, 4], [1, 1]), DTypeError, 'int32 labels'],
    ['lengths', () => ctcLoss(logs, whole(2, 1), [4, 5], [1, 1]), ArgumentError, 'inputLengths holds 5'],
    ['too few lengths', () => ctcLoss(logs, whole(2, 1), [4, 4], [1]), ArgumentError, '2 whole numbers from 0 to 1'],
    ['a blank', () => ctcLoss(logs, whole(2, 1), [4, 4], [1, 1], { blank: 3 }), ArgumentError, 'blank is 3'],
  ] as [string, () => unknown, new (...args: never[]) => Error, string][])('%s', (_name, run, kind, message) => {
    expect(run).toThrow(kind)
    expect(run).toThrow(message)
  })
})

test('a target that does not fit into its input is infinite, or counts 0', async () => {
  const logs = zeros([2, 2, 3]).logSoftmax(2)
  const run = (zeroInfinity: boolean): Tensor =>
    ctcLoss(
      logs,
      labels([
        [1, 1],
        [1, 2],
      ]),
      [2, 2],
      [2, 2],
      { reduction: 'none', zeroInfinity },
    )
  // Two equal labels need a blank between them: three steps. Two others have one way of probability 1 / 9.
  expect(await run(false).toArray()).toEqual([Infinity, Math.fround(Math.log(9))])
  expect(await run(true).toArray()).toEqual([0, Math.fround(Math.log(9))])
})

test('inside compile the running statistics move at each call, and evaluation leaves them alone', async () => {
  const layer = new BatchNorm1d(1, { momentum: null })
  const step = compile((x: Tensor) => layer.forward(x))
  for (const values of [
    [1, 3],
    [5, 9],
  ]) {
    step(tensor(values.map((value) => [value])))
  }
  const state = async (): Promise<unknown[]> =>
    Promise.all([layer.runningMean!, layer.runningVar!, layer.numBatchesTracked!].map((part) => part.toArray()))
  // Means 2 and 7, variances 2 and 8.
  expect(await state()).toEqual([[4.5], [5], 2])
  layer.eval()
  const [value] = await step(tensor([[4.5 + Math.sqrt(5)]])).data()
  expect(value).toBeCloseTo(1, 5)
  expect(await state()).toEqual([[4.5], [5], 2])
})

test('a summary moves no statistics', async () => {
  const layer = new BatchNorm1d(3)
  expect(summary(layer, [4, 3]).buffers).toBe(7)
  expect(await layer.numBatchesTracked!.item()).toBe(0)
})

test('the names are those of PyTorch', () => {
  const names = (model: Module): string => [...model.stateDict().keys()].join(' ')
  expect(names(new BatchNorm2d(2))).toBe('weight bias running_mean running_var num_batches_tracked')
  expect(names(new TransformerEncoderLayer(4, 2))).toBe(
    'self_attn.in_proj_weight self_attn.in_proj_bias self_attn.out_proj.weight self_attn.out_proj.bias ' +
      'linear1.weight linear1.bias linear2.weight linear2.bias norm1.weight norm1.bias norm2.weight norm2.bias',
  )
})

test('first values: normalisation does nothing more, attention is drawn as in PyTorch', async () => {
  const layer = new MultiheadAttention(50, 2)
  const weight = await layer.inProjWeight!.data()
  const bound = Math.sqrt(6 / 200)
  expect(Math.max(...weight)).toBeLessThanOrEqual(bound)
  expect(Math.max(...weight)).toBeGreaterThan(0.98 * bound)
  expect((await layer.inProjBias!.data()).every((value) => value === 0)).toBe(true)
  expect((await layer.outProj.bias!.data()).every((value) => value === 0)).toBe(true)
  const { weight: scale, bias } = new GroupNorm(1, 2)
  expect([await scale!.toArray(), await bias!.toArray()]).toEqual([
    [1, 1],
    [0, 0],
  ])
})

test('Dropout2d drops whole channels, other ones in each call, and in attention weights', async () => {
  const layer = new Dropout2d(0.5)
  const draw = async (): Promise<number[]> => {
    const values = await layer.forward(ones([50, 4, 3, 3])).data()
    return Array.from({ length: 200 }, (_, channel) => {
      const own = values.subarray(9 * channel, 9 * channel + 9)
      expect(new Set(own).size).toBe(1)
      return own[0]!
    })
  }
  const first = await draw()
  expect(new Set(first)).toEqual(new Set([0, 2]))
  expect(Math.abs(first.filter((value) => value === 2).length - 100)).toBeLessThan(30)
  expect(await draw()).not.toEqual(first)

  const attention = new MultiheadAttention(4, 1, { dropout: 0.5 })
  const x = ones([6, 1, 4])
  const looked = await attention.forward(x)[1]!.data()
  expect([...new Set(looked)].some((value) => value === 0)).toBe(true)
  const sure = await attention.eval().forward(x)[1]!.data()
  expect([...sure].every((value) => Math.abs(value - 1 / 6) < 1e-6)).toBe(true)
})

test('masks of scaledDotProductAttention say who may look', async () => {
  const [query, key, value] = [zeros([2, 1]), zeros([3, 1]), tensor([[1], [2], [3]])]
  const mask = tensor(
    [
      [true, false, false],
      [true, true, false],
    ] as never,
    { dtype: 'bool' },
  )
  const byMask = scaledDotProductAttention(query, key, value, { attnMask: mask })
  const causal = scaledDotProductAttention(query, key, value, { isCausal: true })
  evaluateNow([byMask, causal])
  expect(await byMask.toArray()).toEqual([[1], [1.5]])
  expect(await causal.toArray()).toEqual([[1], [1.5]])
  const scaled = scaledDotProductAttention(ones([1, 4]), key.add(tensor([[0], [1], [2]])).mul(ones([1, 4])), value, {
    scale: 0,
  })
  expect(await scaled.toArray()).toEqual([[2]])
})
