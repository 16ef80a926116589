/** What a user may get wrong with pictures, sequences and attention: told in three parts, and training goes on. */
import { beforeAll, describe, expect, test } from 'vitest'
import { TensorDataset } from '../../src/data/index.ts'
import {
  Adam,
  AdaptiveAvgPool2d,
  AvgPool2d,
  BatchNorm2d,
  compile,
  type Compiled,
  Conv1d,
  Conv2d,
  ConvTranspose2d,
  crossEntropy,
  ctcLoss,
  Embedding,
  fit,
  Flatten,
  GRU,
  GroupNorm,
  InstanceNorm2d,
  LayerNorm,
  Linear,
  LSTM,
  LSTMCell,
  manualSeed,
  MaxPool2d,
  MultiheadAttention,
  PositionalEncoding,
  rand,
  ReLU,
  RNN,
  Sequential,
  tensor,
  type Tensor,
  TransformerEncoderLayer,
  Upsample,
  zeros,
} from '../../src/index.ts'
import { errorOf } from '../support/error-of.ts'

const whole = (values: number[]): Tensor => tensor(values, { dtype: 'int32' })
const pictures = (channels: number, size: number): Tensor => zeros([2, channels, size, size])

/** A network of convolutions and one of recurrence, each trained on the same batch for as long as the tests run. */
let picturesStep: Compiled<[], Tensor>
let wordsStep: Compiled<[Tensor], Tensor>
const flat: Tensor = zeros([6, 6])
const words = new Embedding(5, 3)
const lost: number[][] = []

beforeAll(() => {
  manualSeed(1)
  const seeing = new Sequential(
    new Conv2d(1, 4, 3, { padding: 1 }),
    new BatchNorm2d(4),
    new ReLU(),
    new MaxPool2d(2),
    new Flatten(),
    new Linear(36, 3),
  )
  const x = rand([4, 1, 6, 6])
  const y = whole([0, 1, 2, 0])
  const seeingOptimizer = new Adam(seeing, { learningRate: 0.01 })
  picturesStep = compile(() => {
    const loss = crossEntropy(seeing.forward(x), y)
    seeingOptimizer.zeroGrad()
    loss.backward()
    seeingOptimizer.step()
    return loss
  })
  const reading = new LSTM(3, 4, { batchFirst: true })
  const readingOptimizer = new Adam([...words.parameters(), ...reading.parameters()], { learningRate: 0.01 })
  wordsStep = compile((indices: Tensor) => {
    const loss = reading.forward(words.forward(indices))[0].sub(0.5).square().mean()
    readingOptimizer.zeroGrad()
    loss.backward()
    readingOptimizer.step()
    return loss
  })
})

/** One more step of both networks: the loss is finite, and falls as if nothing had happened. */
async function trainingGoesOn(): Promise<void> {
  const losses = [await picturesStep().item(), await wordsStep(tensor([[0, 1, 4]], { dtype: 'int32' })).item()]
  expect(losses.every(Number.isFinite)).toBe(true)
  const before = lost.at(-1)
  if (before !== undefined) expect(losses[1]).toBeLessThan(before[1]!)
  lost.push(losses)
}

type Case = [what: string, run: () => unknown, kind: string, message: RegExp]

const convolutions: Case[] = [
  ['a kernel larger than the picture', () => new Conv2d(1, 2, 5).forward(pictures(1, 4)), 'ShapeError', /5.*4|4.*5/],
  ['a kernel longer than the sequence', () => new Conv1d(2, 2, 4).forward(zeros([1, 2, 3])), 'ShapeError', /4.*3|3.*4/],
  [
    'a dilated kernel larger than the picture',
    () => new Conv2d(1, 2, 3, { dilation: 2 }).forward(pictures(1, 4)),
    'ShapeError',
    /picture|kernel/,
  ],
  ['a pool larger than the picture', () => new MaxPool2d(3).forward(pictures(1, 2)), 'ShapeError', /kernel/],
  ['a mean larger than the picture', () => new AvgPool2d([1, 4]).forward(pictures(1, 3)), 'ShapeError', /kernel/],
  [
    'padding of more than half a pool',
    () => new MaxPool2d(2, { padding: 2 }).forward(pictures(1, 6)),
    'ArgumentError',
    /padding/,
  ],
  ['other channels', () => new Conv2d(3, 8, 3).forward(pictures(4, 6)), 'ShapeError', /3 channels|channels.*4/],
  ['channels not divisible by groups', () => new Conv2d(6, 8, 3, { groups: 4 }), 'ArgumentError', /4.*6|6.*4/],
  ['filters not divisible by groups', () => new Conv2d(4, 6, 3, { groups: 4 }), 'ArgumentError', /4.*6|6.*4/],
  ['a stride of 0', () => new Conv2d(1, 1, 3, { stride: 0 }).forward(pictures(1, 6)), 'ArgumentError', /stride/],
  ['a fraction of an element', () => new Conv2d(1, 1, 2.5), 'ArgumentError', /2\.5/],
  [
    'padding that does not exist',
    () => new Conv2d(1, 1, 3, { padding: 'some' as never }).forward(pictures(1, 6)),
    'ArgumentError',
    /some/,
  ],
  [
    'padding same with a stride',
    () => new Conv2d(1, 1, 3, { padding: 'same', stride: 2 }).forward(pictures(1, 6)),
    'ArgumentError',
    /same/,
  ],
  ['sides without channels', () => new Conv2d(1, 1, 3).forward(flat), 'ShapeError', /\[6, 6\]/],
  [
    'output padding beyond the stride',
    () => new ConvTranspose2d(1, 1, 3, { outputPadding: 1 }).forward(pictures(1, 3)),
    'ArgumentError',
    /outputPadding/,
  ],
  [
    'a transposed convolution that leaves nothing',
    () => new ConvTranspose2d(1, 1, 2, { padding: 2 }).forward(pictures(1, 2)),
    'ShapeError',
    /./,
  ],
  ['no windows', () => new AdaptiveAvgPool2d(0).forward(pictures(1, 4)), 'ArgumentError', /0/],
  [
    'two ways to enlarge',
    () => new Upsample({ size: 4, scaleFactor: 2 }).forward(pictures(1, 2)),
    'ArgumentError',
    /size/,
  ],
  ['groups of a normalisation', () => new GroupNorm(4, 6), 'ArgumentError', /4.*6/],
  ['channels of a normalisation', () => new BatchNorm2d(3).forward(pictures(4, 2)), 'ShapeError', /3|4/],
  ['statistics of one value', () => new BatchNorm2d(3).forward(zeros([1, 3, 1, 1])), 'ShapeError', /./],
  ['an instance of one pixel', () => new InstanceNorm2d(3).forward(zeros([2, 3, 1, 1])), 'ShapeError', /./],
  ['a normalised shape', () => new LayerNorm(4).forward(zeros([2, 3])), 'ShapeError', /4|3/],
]

const recurrence: Case[] = [
  ['a sequence of length 0', () => new RNN(3, 4).forward(zeros([0, 2, 3])), 'ShapeError', /0/],
  [
    'a sequence of length 0, batch first',
    () => new LSTM(3, 4, { batchFirst: true }).forward(zeros([2, 0, 3])),
    'ShapeError',
    /0/,
  ],
  ['other features', () => new GRU(3, 4).forward(zeros([5, 2, 4])), 'ShapeError', /3/],
  ['no axis for the batch or the steps', () => new GRU(3, 4).forward(zeros([3])), 'ShapeError', /\[3\]/],
  [
    'an initial state of another batch',
    () => new GRU(3, 4).forward(zeros([5, 2, 3]), zeros([1, 3, 4])),
    'ShapeError',
    /./,
  ],
  [
    'an initial state of too few layers',
    () => new GRU(3, 4, { numLayers: 2 }).forward(zeros([5, 2, 3]), zeros([1, 2, 4])),
    'ShapeError',
    /./,
  ],
  ['a hidden size of 0', () => new RNN(3, 0), 'ArgumentError', /0/],
  ['an unknown activation', () => new RNN(3, 4, { nonlinearity: 'gelu' as never }), 'ArgumentError', /gelu/],
  ['features of a cell', () => new LSTMCell(3, 4).forward(zeros([2, 5])), 'ShapeError', /3|5/],
  [
    'lengths longer than the steps',
    () => new LSTM(3, 4).forward(zeros([5, 2, 3]), undefined, { lengths: [6, 2] }),
    'ArgumentError',
    /./,
  ],
]

const indices: Case[] = [
  [
    'an index outside the embedding',
    () => wordsStep(tensor([[0, 5, 1]], { dtype: 'int32' })).data(),
    'IndexOutOfRangeError',
    /5/,
  ],
  ['a negative index', () => wordsStep(tensor([[0, -1, 1]], { dtype: 'int32' })).data(), 'IndexOutOfRangeError', /-1/],
  ['indices that are float32', () => words.forward(zeros([2])), 'DTypeError', /float32/],
  ['a padding index outside', () => new Embedding(5, 3, { paddingIdx: 5 }), 'ArgumentError', /5/],
  ['a label outside the classes', () => crossEntropy(zeros([2, 3]), whole([0, 3])).data(), 'IndexOutOfRangeError', /3/],
  [
    'targets longer than what is heard',
    () => ctcLoss(zeros([4, 2, 3]).logSoftmax(2), tensor([[1], [2]], { dtype: 'int32' }), [4, 5], [1, 1]),
    'ArgumentError',
    /5/,
  ],
]

const attention: Case[] = [
  ['heads that do not divide', () => new MultiheadAttention(10, 4), 'ArgumentError', /4 heads do not divide/],
  ['heads of a block', () => new TransformerEncoderLayer(6, 4), 'ArgumentError', /4 heads do not divide/],
  ['another size', () => new MultiheadAttention(8, 2).forward(zeros([3, 2, 6])), 'ShapeError', /./],
  [
    'a sequence beyond the positions',
    () => new PositionalEncoding(4, { maxLength: 3 }).forward(zeros([5, 1, 4])),
    'ShapeError',
    /./,
  ],
]

const model = new Sequential(new Flatten(), new Linear(4, 2))
const data = new TensorDataset({
  inputs: { data: new Float32Array(8), shape: [1, 2, 2] },
  targets: { data: new Int32Array(2), shape: [] },
})
const training: Case[] = [
  [
    'a batch of 0',
    () => fit(model, data, { loss: crossEntropy, optimizer: new Adam(model), batchSize: 0 }),
    'ArgumentError',
    /batchSize/,
  ],
  [
    'an unknown metric',
    () => fit(model, data, { loss: crossEntropy, optimizer: new Adam(model), metrics: ['acuracy' as never] }),
    'ArgumentError',
    /acuracy/,
  ],
  [
    'pictures that do not fit the network',
    () => {
      const other = new Sequential(new Conv2d(3, 4, 1), new Flatten(), new Linear(16, 2)) as never
      return fit(other, data, { loss: crossEntropy, optimizer: new Adam(other) })
    },
    'ShapeError',
    /channels/,
  ],
]

describe.each([
  ['pictures', convolutions],
  ['recurrence', recurrence],
  ['indices', indices],
  ['attention', attention],
  ['training', training],
] as const)('%s', (_room, cases) => {
  test.each(cases)('%s', async (_, run, kind, message) => {
    const { name, what, expected, fix } = await errorOf(run)
    expect(name).toBe(kind)
    expect(`${what}; ${expected}`).toMatch(message)
    expect(Math.min(expected.length, fix.length)).toBeGreaterThan(5)
    await trainingGoesOn()
  })
})
