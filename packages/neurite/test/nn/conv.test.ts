/** Layers over pictures: what they refuse, their types, and training with them. Their numbers are in the layer contract. */
import { beforeEach, describe, expect, expectTypeOf, test } from 'vitest'
import {
  AdaptiveAvgPool2d,
  Adam,
  ArgumentError,
  AvgPool1d,
  AvgPool2d,
  compile,
  Conv1d,
  Conv2d,
  conv2d,
  ConvTranspose1d,
  ConvTranspose2d,
  crossEntropy,
  DTypeError,
  Flatten,
  grad,
  init,
  interpolate,
  LeakyReLU,
  Linear,
  manualSeed,
  MaxPool1d,
  MaxPool2d,
  maxPool2d,
  randn,
  ReLU,
  Sequential,
  ShapeError,
  tensor,
  type Tensor,
  Upsample,
  zeros,
} from '../../src/index.ts'

beforeEach(async () => {
  await init()
  manualSeed(1)
})

describe('layers refuse', () => {
  test.each([
    [
      'channels',
      () => new Conv2d(3, 8, 3).forward(zeros([2, 4, 9, 9]) as Tensor),
      ShapeError,
      'expected 3 channels, got 4',
    ],
    ['a kernel size', () => new Conv2d(3, 8, 0), ArgumentError, 'Conv2d: kernelSize is 0'],
    ['too many sizes', () => new Conv1d(3, 8, [3, 3]), ArgumentError, 'Conv1d: kernelSize is [3,3]'],
    [
      'groups',
      () => new Conv2d(4, 6, 3, { groups: 4 }),
      ArgumentError,
      '6 output channels cannot be divided into 4 groups',
    ],
    ['no groups', () => new Conv2d(4, 6, 3, { groups: 0 }), ArgumentError, 'into 0 groups'],
    ['an option', () => new Conv2d(1, 2, 3, { pad: 1 } as never), ArgumentError, "no option 'pad'"],
    ['an output padding', () => new Conv2d(1, 2, 3, { outputPadding: 1 } as never), ArgumentError, 'outputPadding'],
    ['no channels', () => new Conv2d(0, 2, 3), ArgumentError, 'Conv2d: inChannels is 0'],
    ['a single picture', () => new Conv2d(3, 8, 3).forward(zeros([3, 9, 9]) as Tensor), ShapeError, 'x.unsqueeze(0)'],
    ['another rank', () => new Conv1d(3, 8, 3).forward(zeros([2, 3, 9, 9])), ShapeError, 'expected: [N, C, L]'],
    [
      'bytes',
      () => new Conv2d(1, 8, 3).forward(zeros([2, 1, 9, 9], { dtype: 'uint8' })),
      DTypeError,
      "x.to('float32')",
    ],
    [
      'a large kernel',
      () => new Conv2d(1, 8, 5, { dilation: 2 }).forward(zeros([2, 1, 9, 7])),
      ShapeError,
      'the kernel covers 9 elements of spatial axis 1, the padded picture has 7',
    ],
    [
      'a stride',
      () => new Conv2d(1, 8, 3, { stride: 1.5 }).forward(zeros([1, 1, 5, 5])),
      ArgumentError,
      'stride is 1.5',
    ],
    [
      'same with a stride',
      () => new Conv2d(1, 8, 3, { padding: 'same', stride: 2 }).forward(zeros([1, 1, 5, 5])),
      ArgumentError,
      "padding 'same' with stride [2, 2]",
    ],
    ['padding', () => new Conv2d(1, 8, 3, { padding: -1 }).forward(zeros([1, 1, 5, 5])), ArgumentError, 'padding is'],
    [
      'padding of one axis for two',
      () => new Conv1d(1, 8, 3, { padding: [1, 2] }).forward(zeros([1, 1, 5])),
      ArgumentError,
      'padding is [1,2]',
    ],
    [
      'an unknown padding',
      () => new Conv1d(1, 8, 3, { padding: 'full' as never }).forward(zeros([1, 1, 5])),
      ArgumentError,
      'padding is "full"',
    ],
    [
      'output padding',
      () => new ConvTranspose2d(1, 1, 3, { stride: 2, outputPadding: 2 }).forward(zeros([1, 1, 3, 3])),
      ArgumentError,
      'outputPadding is [2, 2]',
    ],
    [
      'nothing left',
      () => new ConvTranspose1d(1, 1, 2, { padding: 1 }).forward(zeros([1, 1, 1])),
      ShapeError,
      'sizes [0]',
    ],
    [
      'a pool larger than the picture',
      () => new MaxPool2d(4).forward(zeros([1, 1, 3, 5])),
      ShapeError,
      'the kernel covers 4',
    ],
    [
      'padding of a pool',
      () => new MaxPool2d(2, { padding: 2 }).forward(zeros([1, 1, 8, 8])),
      ArgumentError,
      'at most half',
    ],
    [
      'a divisor',
      () => new AvgPool2d(2, { divisorOverride: 0 }).forward(zeros([1, 1, 4, 4])),
      ArgumentError,
      'divisorOverride',
    ],
    ['an output size', () => new AdaptiveAvgPool2d(0), ArgumentError, 'AdaptiveAvgPool2d: outputSize is 0'],
    ['no size', () => new Upsample({}).forward(zeros([1, 1, 2, 2])), ArgumentError, 'one of the two'],
    [
      'an unknown mode',
      () => interpolate(zeros([1, 1, 2]), { size: 4, mode: 'cubic' as never }),
      ArgumentError,
      "mode is 'cubic'",
    ],
    ['a mode', () => interpolate(zeros([1, 1, 2]), { size: 4, mode: 'bilinear' }), ShapeError, '[N, C, H, W]'],
    ['integers', () => maxPool2d(zeros([1, 1, 4, 4], { dtype: 'int32' }), 2), DTypeError, 'float32'],
    ['weights', () => conv2d(zeros([1, 3, 4, 4]), zeros([8, 2, 3, 3])), ShapeError, 'expected 2 channels, got 3'],
    [
      'the rank of weights',
      () => conv2d(zeros([1, 3, 4, 4]), zeros([8, 3, 3])),
      ShapeError,
      'a weight of shape [8, 3, 3]',
    ],
  ] as [string, () => unknown, new (...args: never[]) => Error, string][])('%s', (_name, run, kind, message) => {
    expect(run).toThrow(kind)
    expect(run).toThrow(message)
  })

  test('and name their path', () => {
    const model = new Sequential(new ReLU(), new Sequential(new Conv2d(32, 8, 3)) as never)
    expect(() => model.forward(zeros([2, 64, 9, 9]))).toThrow(/^1\.0 \(Conv2d\): expected 32 channels, got 64/)
    expect(() => model.forward(zeros([2, 32, 2, 9]))).toThrow(/^1\.0 \(Conv2d\): convolution: the kernel covers 3/)
  })
})

test('channels are known in types, sizes of pictures are not', () => {
  const x = zeros([8, 1, 28, 28])
  expectTypeOf(new Conv2d(1, 32, 3).forward(x).shape).toEqualTypeOf<[8, 32, number, number]>()
  expectTypeOf(new ConvTranspose1d(4, 2, 3).forward(zeros([8, 4, 9])).shape).toEqualTypeOf<[8, 2, number]>()
  expectTypeOf(new MaxPool2d(2).forward(x).shape).toEqualTypeOf<[8, 1, number, number]>()
  expectTypeOf(new MaxPool1d(2).forward(zeros([8, 4, 9]) as Tensor).shape).toEqualTypeOf<[number, number, number]>()
  expectTypeOf(new AvgPool1d(2).forward(zeros([8, 4, 9])).shape).toEqualTypeOf<[8, 4, number]>()
  expectTypeOf(new Upsample({ scaleFactor: 2 }).forward(x).shape).toEqualTypeOf<[8, 1, number, number]>()
  const chain = new Sequential(new Conv2d(1, 32, 3), new ReLU(), new MaxPool2d(2), new Flatten(), new Linear(5408, 10))
  expectTypeOf(chain.forward(x).shape).toEqualTypeOf<[8, 10]>()
  expect(chain.forward(x).shape).toEqual([8, 10])
  const wrong = [
    // @ts-expect-error expected 3 channels
    () => new Conv2d(3, 8, 3).forward(x),
    // @ts-expect-error Conv2d<1, 32> gives 32 channels, Conv2d<64, 8> takes 64
    () => new Sequential(new Conv2d(1, 32, 3), new ReLU(), new Conv2d(64, 8, 3)),
    // @ts-expect-error MaxPool2d gives 32 channels, Conv2d<64, 8> takes 64
    () => new Sequential(new Conv2d(1, 32, 3), new MaxPool2d(2), new Conv2d(64, 8, 3)),
  ]
  expect(wrong).toHaveLength(3)
})

test('first values lie within the bound of PyTorch', async () => {
  for (const [layer, fan] of [
    [new Conv2d(8, 64, 3, { groups: 2 }), 36],
    [new ConvTranspose2d(8, 64, [3, 2]), 384],
    [new Conv1d(16, 32, 5), 80],
  ] as const) {
    const bound = 1 / Math.sqrt(fan)
    for (const values of [await layer.weight.data(), await layer.bias!.data()]) {
      expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(bound)
      expect(Math.max(...values.map(Math.abs))).toBeGreaterThan(0.9 * bound)
    }
  }
  expect(new Conv2d(1, 2, 3, { bias: false }).bias).toBeUndefined()
  expect(new Conv2d(1, 2, [3, 5], { stride: 2, padding: 'valid' }).describeOptions()).toBe(
    "1, 2, kernelSize: 3x5, stride: 2, padding: 'valid'",
  )
})

test.each(['reference', 'wasm'] as const)('a small network learns which half is bright, on %s', async (device) => {
  await init({ device })
  const model = new Sequential(
    new Conv2d(1, 4, 3, { padding: 1 }),
    new ReLU(),
    new MaxPool2d(2),
    new Conv2d(4, 4, 3, { stride: 2 }),
    new LeakyReLU(),
    new Flatten(),
    new Linear(4, 2),
  )
  const optimizer = new Adam(model, { learningRate: 0.02 })
  const labels = tensor([0, 1, 0, 1, 0, 1], { dtype: 'int32' })
  const rows = tensor([1, 1, 1, 1, 0, 0, 0, 0]).reshape([1, 1, 8, 1])
  const bright = rows.mul(labels.equal(0).to('float32').reshape([6, 1, 1, 1]))
  const other = rows
    .mul(-1)
    .add(1)
    .mul(labels.to('float32').reshape([6, 1, 1, 1]))
  const x = bright
    .add(other)
    .add(randn([6, 1, 8, 8]).mul(0.1))
    .detach()
  const step = compile((pictures: Tensor) => {
    const loss = crossEntropy(model.forward(pictures), labels)
    optimizer.zeroGrad()
    loss.backward()
    optimizer.step()
    return loss
  })
  const first = await step(x).item()
  for (let i = 0; i < 60; i++) step(x)
  expect(first).toBeGreaterThan(0.5)
  expect(await step(x).item()).toBeLessThan(0.05)
})

test('a gradient penalty trains a convolution: gradients of gradients', async () => {
  const layer = new Conv2d(1, 2, 2, { stride: 2, bias: false })
  const x = tensor(new Float32Array([1, 2, 3, 4]), { shape: [1, 1, 2, 2] })
  x.requiresGrad = true
  const squares = layer.forward(x).square().sum()
  const [slope] = grad(squares, [x], { createGraph: true })
  const penalty = slope!.square().sum()
  penalty.backward()
  // y_o = w_o . x, slope = 2 sum_o y_o w_o, so the penalty is 4 |sum_o y_o w_o|^2.
  const w = await layer.weight.data()
  const values = await x.data()
  const rows = [w.subarray(0, 4), w.subarray(4, 8)]
  const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
    Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0)
  const total = Array.from({ length: 4 }, (_, i) => rows.reduce((sum, row) => sum + dot(row, values) * row[i]!, 0))
  const expected = rows.flatMap((row) =>
    Array.from({ length: 4 }, (_, i) => 8 * (dot(row, values) * total[i]! + dot(total, row) * values[i]!)),
  )
  const found = await layer.weight.grad!.data()
  for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 4)
})
