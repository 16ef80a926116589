/** Cases of convolution and pooling, and of the operations that they are lowered to. */
import type { Shape } from '../../src/graph/node.ts'
import * as ops from '../../src/ops/index.ts'
import type { WindowGeometry } from '../../src/ops/support/window-geometry.ts'
import { fixed, floats, mixed, whole } from './case-makers.ts'
import type { InputCase, OperationCase, OperationCases } from './operation-cases.ts'

type Convolution = readonly [name: string, x: Shape, w: Shape, options?: ops.ConvolutionOptions]

/** Pictures, filters and options; the shape of the result follows. */
const convolutions: readonly Convolution[] = [
  ['1-D', [2, 2, 7], [3, 2, 3]],
  ['2-D', [2, 2, 5, 4], [3, 2, 3, 2]],
  ['3-D', [1, 2, 3, 2, 4], [2, 2, 2, 1, 3]],
  ['1x1', [2, 3, 2, 3], [4, 3, 1, 1]],
  ['1x1 with stride', [1, 2, 3, 5], [2, 2, 1, 1], { stride: 2 }],
  ['one channel', [2, 1, 5, 5], [2, 1, 3, 3], { padding: 1 }],
  ['stride', [1, 2, 7, 6], [2, 2, 3, 3], { stride: [2, 3] }],
  ['stride beyond the kernel', [1, 2, 9], [3, 2, 2], { stride: 4 }],
  ['all windows in the padding', [2, 3, 1, 4], [2, 3, 1, 1], { stride: 2, padding: 1 }],
  ['stride 2, kernel 4, padding 1', [2, 2, 6, 6], [2, 2, 4, 4], { stride: 2, padding: 1 }],
  [
    'padding on both sides of both axes',
    [1, 1, 3, 2],
    [2, 1, 2, 3],
    {
      padding: [
        [0, 2],
        [1, 1],
      ],
    },
  ],
  ['same', [1, 2, 5, 4], [1, 2, 4, 2], { padding: 'same' }],
  ['valid', [1, 2, 4], [1, 2, 2], { padding: 'valid' }],
  ['dilation', [1, 2, 7, 5], [2, 2, 3, 2], { dilation: [2, 3], padding: 1 }],
  ['dilation 2 with stride 2', [1, 1, 9], [2, 1, 3], { dilation: 2, stride: 2, padding: 2 }],
  ['dilation 3 with stride 2', [1, 2, 10], [1, 2, 3], { dilation: 3, stride: 2, padding: 1 }],
  ['groups', [2, 4, 4], [6, 2, 3], { groups: 2, padding: 1 }],
  ['groups in 2-D with stride', [1, 4, 5, 4], [4, 2, 2, 3], { groups: 2, stride: 2, padding: 1 }],
  ['depthwise', [2, 3, 4, 5], [3, 1, 3, 2], { groups: 3, padding: 1 }],
  ['depthwise with two filters per channel', [1, 2, 6], [4, 1, 3], { groups: 2, stride: 2, padding: 1 }],
  ['one channel in and out', [2, 1, 4, 5], [1, 1, 3, 2], { stride: 2, padding: 1 }],
  ['few channels out of many', [2, 8, 4, 3], [2, 8, 2, 1], { padding: 1, dilation: [2, 1] }],
  ['size 1', [1, 1, 1, 1], [1, 1, 1, 1]],
  ['kernel as large as the picture', [2, 2, 3, 2], [2, 2, 3, 2]],
  ['empty batch', [0, 2, 4], [3, 2, 3]],
]

const convolution = ([name, x, w, options]: Convolution): OperationCase =>
  floats(name, [x, w], (p, q) => ops.convolution(p, q, options))

type Transposed = readonly [name: string, y: Shape, w: Shape, options?: ops.TransposedConvolutionOptions]

const transposed: readonly Transposed[] = [
  ['1-D', [2, 3, 5], [3, 2, 3]],
  ['2-D, stride 2', [1, 2, 3, 2], [2, 3, 4, 4], { stride: 2, padding: 1 }],
  ['3-D', [1, 2, 2, 2, 1], [2, 1, 2, 1, 3], { stride: [2, 1, 1] }],
  ['stride beyond the kernel', [1, 2, 3], [2, 2, 2], { stride: 3 }],
  ['output padding', [1, 2, 3, 3], [2, 1, 3, 3], { stride: 2, padding: 1, outputPadding: 1 }],
  ['output padding as large as the stride', [1, 1, 3], [1, 2, 3], { dilation: 3, outputPadding: 2 }],
  ['dilation', [1, 2, 4], [2, 2, 3], { dilation: 2, stride: 3, padding: 2 }],
  ['much padding', [1, 2, 6], [2, 2, 2], { padding: 2 }],
  ['many channels', [1, 2, 3, 4], [2, 6, 4, 3], { stride: 2, padding: 1, dilation: [1, 2] }],
  ['many channels in 1-D', [2, 3, 4], [3, 5, 3], { stride: 2, outputPadding: 1 }],
  ['groups', [1, 4, 3, 2], [4, 2, 2, 2], { groups: 2, stride: 2 }],
  ['depthwise', [2, 2, 4], [2, 1, 3], { groups: 2, stride: 2, padding: 1 }],
  ['depthwise with two channels per group', [1, 4, 3], [4, 1, 4], { groups: 2, stride: 2, padding: 1 }],
  ['one channel in and out', [2, 1, 3, 2], [1, 1, 3, 3], { stride: 2 }],
  ['size 1', [1, 1, 1], [1, 1, 1]],
  ['empty batch', [0, 2, 4], [2, 3, 3], { stride: 2 }],
]

type Gradient = readonly [name: string, x: Shape, y: Shape, geometry: WindowGeometry & { readonly groups?: number }]

const line = (
  size: number,
  positions: number,
  kernel: number,
  stride = 1,
  dilation = 1,
  before = 0,
): WindowGeometry => ({
  size: [size],
  positions: [positions],
  kernel: [kernel],
  stride: [stride],
  dilation: [dilation],
  before: [before],
})
const plane = (a: WindowGeometry, b: WindowGeometry): WindowGeometry => ({
  size: [...a.size, ...b.size],
  positions: [...a.positions, ...b.positions],
  kernel: [...a.kernel, ...b.kernel],
  stride: [...a.stride, ...b.stride],
  dilation: [...a.dilation, ...b.dilation],
  before: [...a.before, ...b.before],
})

const gradients: readonly Gradient[] = [
  ['1-D', [2, 2, 7], [2, 3, 5], line(7, 5, 3)],
  ['2-D', [2, 2, 5, 4], [2, 3, 3, 4], plane(line(5, 3, 3), line(4, 4, 3, 1, 1, 1))],
  ['stride and dilation', [1, 2, 9], [1, 2, 4], line(9, 4, 3, 2, 2, 1)],
  ['groups', [1, 4, 5], [1, 6, 3], { ...line(5, 3, 3), groups: 2 }],
  ['depthwise', [2, 3, 5], [2, 6, 5], { ...line(5, 5, 3, 1, 1, 1), groups: 3 }],
  ['one channel', [2, 1, 5], [2, 1, 5], line(5, 5, 3, 1, 1, 1)],
  ['empty batch', [0, 2, 5], [0, 3, 3], line(5, 3, 3)],
]

const pools: readonly (readonly [string, Shape, ops.MaxPoolOptions & { kernelSize: number | number[] }])[] = [
  ['2-D', [2, 2, 4, 6], { kernelSize: 2 }],
  ['1-D', [2, 3, 7], { kernelSize: 3 }],
  ['overlapping', [1, 2, 5, 5], { kernelSize: 3, stride: 2, padding: 1 }],
  ['stride beyond the kernel', [1, 2, 8], { kernelSize: 2, stride: 3 }],
  ['dilation', [1, 1, 7, 5], { kernelSize: [3, 2], stride: 1, dilation: 2 }],
  ['ceil', [1, 2, 5, 4], { kernelSize: 3, stride: 2, ceilMode: true }],
  ['ceil with padding', [1, 1, 6], { kernelSize: 3, stride: 3, padding: 1, ceilMode: true }],
  ['kernel 1', [1, 2, 3], { kernelSize: 1 }],
  ['more than 64 taps', [1, 2, 9, 9], { kernelSize: 9 }],
  ['empty batch', [0, 2, 4, 4], { kernelSize: 2 }],
]

/** Different numbers, further apart than the steps of a difference quotient. */
const distinct = (shape: Shape): InputCase => ({
  shape,
  values: Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => ((i * 29) % 163) / 16 - 5),
})

const ties: InputCase = { shape: [1, 1, 4, 4], values: [1, 1, 0, 2, 1, 1, 2, 0, 3, -1, 0, 0, -1, 3, 0, 0] }
const odd: InputCase = { shape: [1, 1, 8], values: [1, NaN, 3, -Infinity, -Infinity, -Infinity, Infinity, 2] }

const pooled = (build: typeof ops.maxPool): OperationCase[] =>
  pools.map(([name, shape, { kernelSize, ...options }]) =>
    mixed(name, [distinct(shape)], (x) => build(x, kernelSize, options)),
  )

const flat = plane(line(4, 2, 2, 2), line(6, 3, 2, 2))
const overlapping = plane(line(5, 3, 3, 2, 1, 1), line(4, 4, 2, 1, 2, 1))
const picture = (name: string, geometry: WindowGeometry, kernel = 4): [string, InputCase, InputCase, InputCase] => [
  name,
  { shape: [2, 2, ...geometry.size] },
  { shape: [2, 2, ...geometry.positions] },
  whole([2, 2, ...geometry.positions], 0, kernel - 1),
]

const means: readonly (readonly [string, Shape, ops.AvgPoolOptions & { kernelSize: number | number[] }])[] = [
  ...pools.filter(([, , { dilation }]) => dilation === undefined),
  ['without padding', [1, 2, 4, 5], { kernelSize: 3, stride: 2, padding: 1, countIncludePad: false }],
  ['divisor', [1, 1, 4, 4], { kernelSize: 2, divisorOverride: 3 }],
  ['axis by axis', [1, 2, 7, 6], { kernelSize: [5, 4], stride: [2, 1], padding: [1, 2] }],
]

/** Cases by operation name. */
export const convolutionCases: OperationCases = {
  windows: [
    floats('rows', [[3, 7]], (x) => ops.windows(x, { axis: 1, size: 3 })),
    floats('in the middle, stride and dilation', [[2, 9, 3]], (x) =>
      ops.windows(x, { axis: 1, size: 3, stride: 2, dilation: 2 }),
    ),
    floats('of windows', [[5, 4]], (x) => ops.windows(ops.windows(x, { axis: 0, size: 2 }), { axis: 1, size: 3 })),
    floats('stride beyond the window', [[10]], (x) => ops.windows(x, { axis: 0, size: 2, stride: 4 })),
    floats('size 1', [[1]], (x) => ops.windows(x, { axis: 0, size: 1 })),
    floats('empty', [[0, 4]], (x) => ops.windows(x, { axis: -1, size: 2 })),
    fixed('int32', [whole([6])], (x) => ops.windows(x, { axis: 0, size: 3, stride: 3 })),
  ],
  overlapAdd: [
    floats('rows', [[3, 5, 3]], (x) => ops.overlapAdd(x, { axis: 1, length: 7, stride: 1, dilation: 1 })),
    floats('stride and dilation', [[2, 3, 2, 3]], (x) =>
      ops.overlapAdd(x, { axis: 1, length: 10, stride: 2, dilation: 2 }),
    ),
    floats('without overlap', [[3, 2]], (x) => ops.overlapAdd(x, { axis: 0, length: 8, stride: 3, dilation: 1 })),
    floats('empty', [[0, 3, 2]], (x) => ops.overlapAdd(x, { axis: 1, length: 4, stride: 1, dilation: 1 })),
  ],
  place: [
    floats('one part', [[2, 3]], (x) => ops.place([x], { shape: [4, 5], start: [[1, 2]], value: 7 })),
    floats(
      'interleaved',
      [
        [2, 3],
        [2, 2],
      ],
      (x, y) =>
        ops.place([x, y], {
          shape: [2, 5],
          start: [
            [0, 0],
            [0, 1],
          ],
          step: [
            [1, 2],
            [1, 2],
          ],
        }),
    ),
    floats('backwards', [[3]], (x) => ops.place([x], { shape: [7], start: [[6]], step: [[-3]] })),
    floats('the whole', [[3, 2]], (x) => ops.place([x], { shape: [3, 2], start: [[0, 0]] })),
    floats('of a transposed part', [[3, 5]], (x) =>
      ops.place([ops.permute(x, [1, 0])], { shape: [7, 3], start: [[1, 0]], value: -1 }),
    ),
    floats('empty', [[0, 3]], (x) => ops.place([x], { shape: [2, 3], start: [[0, 0]], value: 2 })),
    fixed('int32', [whole([3])], (x) => ops.place([x], { shape: [5], start: [[1]], value: -1 })),
  ],
  contiguous: [
    floats('as it is', [[3, 5]], (x) => ops.contiguous(x)),
    floats('transposed', [[3, 5]], (x) => ops.contiguous(ops.permute(x, [1, 0]))),
    floats('every second', [[7, 3]], (x) =>
      ops.contiguous(ops.slice(x, { start: [0, 0], size: [4, 3], step: [2, 1] })),
    ),
    floats('expanded', [[3, 1]], (x) => ops.contiguous(ops.expand(x, [3, 5]))),
    floats('scalar', [[]], (x) => ops.contiguous(x)),
    floats('empty', [[0, 3]], (x) => ops.contiguous(x)),
    fixed('int32', [whole([2, 3])], (x) => ops.contiguous(ops.permute(x, [1, 0]))),
  ],
  contraction: [
    floats(
      'matrices',
      [
        [3, 5],
        [5, 4],
      ],
      (a, b) => ops.contraction(a, b, { rows: 1, depth: 1 }),
    ),
    floats(
      'two axes of rows',
      [
        [2, 3, 5],
        [5, 4],
      ],
      (a, b) => ops.contraction(a, b, { rows: 2, depth: 1 }),
    ),
    floats(
      'two axes of depth',
      [
        [3, 2, 5],
        [2, 5, 4],
      ],
      (a, b) => ops.contraction(a, b, { rows: 1, depth: 2 }),
    ),
    floats(
      'batch',
      [
        [2, 3, 2, 5],
        [2, 2, 5, 3],
      ],
      (a, b) => ops.contraction(a, b, { rows: 1, depth: 2 }),
    ),
    floats(
      'windows',
      [
        [2, 6, 3],
        [3, 2, 4],
      ],
      (a, b) => {
        const all = ops.windows(a, { axis: 1, size: 2 })
        return ops.contraction(all, b, { rows: 2, depth: 2 })
      },
    ),
    floats(
      'transposed',
      [
        [5, 7],
        [4, 5],
      ],
      (a, b) => ops.contraction(ops.permute(a, [1, 0]), ops.permute(b, [1, 0]), { rows: 1, depth: 1 }),
    ),
    floats(
      'size 1',
      [
        [1, 1],
        [1, 1],
      ],
      (a, b) => ops.contraction(a, b, { rows: 1, depth: 1 }),
    ),
    floats(
      'empty',
      [
        [0, 2, 3],
        [2, 3, 4],
      ],
      (a, b) => ops.contraction(a, b, { rows: 1, depth: 2 }),
    ),
  ],
  convolution: convolutions.map(convolution),
  transposedConvolution: transposed.map(([name, y, w, options]) =>
    floats(name, [y, w], (p, q) => ops.transposedConvolution(p, q, options)),
  ),
  convolutionWeightGradient: gradients.map(([name, x, y, { groups = 1, ...geometry }]) =>
    floats(name, [x, y], (p, q) => ops.convolutionWeightGradient(p, q, { ...geometry, groups })),
  ),
  maxPool: [
    ...pooled(ops.maxPool),
    fixed('ties', [ties], (x) => ops.maxPool(x, 2)),
    fixed('ties that overlap', [ties], (x) => ops.maxPool(x, 3, { stride: 1, padding: 1 })),
    fixed('NaN and infinities', [odd], (x) => ops.maxPool(x, 2)),
  ],
  maxPoolWinner: [
    ...[flat, overlapping].map((geometry) =>
      fixed('distinct', [distinct([2, 2, ...geometry.size])], (x) => ops.maxPoolWinner(x, geometry)),
    ),
    fixed('ties', [ties], (x) => ops.maxPoolWinner(x, plane(line(4, 2, 2, 2), line(4, 2, 2, 2)))),
    fixed('NaN and infinities', [odd], (x) => ops.maxPoolWinner(x, line(8, 4, 2, 2))),
    fixed('empty', [{ shape: [0, 2, 4] }], (x) => ops.maxPoolWinner(x, line(4, 2, 2, 2))),
  ],
  maxPoolScatter: [
    ...[picture('without overlap', flat), picture('overlapping', overlapping, 6)].map(([name, , y, winner], i) =>
      mixed(name, [y, winner], (p, q) => ops.maxPoolScatter(p, q, [flat, overlapping][i]!)),
    ),
    mixed('empty', [{ shape: [0, 2, 2] }, whole([0, 2, 2])], (p, q) => ops.maxPoolScatter(p, q, line(4, 2, 2, 2))),
  ],
  maxPoolPick: [
    // The first tap of a window at the edge lies in the padding: the winners here are taps inside.
    mixed('without overlap', [picture('', flat)[1], picture('', flat)[3]], (p, q) => ops.maxPoolPick(p, q, flat)),
    mixed('overlapping', [picture('', overlapping)[1], picture('', overlapping, 6)[3]], (p, q) =>
      ops.maxPoolPick(p, q, overlapping),
    ),
    mixed('empty', [{ shape: [0, 2, 4] }, whole([0, 2, 2])], (p, q) => ops.maxPoolPick(p, q, line(4, 2, 2, 2))),
  ],
}

/** Cases of builders that only combine operations. */
export const convolutionBuilderCases: OperationCases = {
  avgPool: means.map(([name, shape, { kernelSize, ...options }]) =>
    floats(name, [shape], (x) => ops.avgPool(x, kernelSize, options)),
  ),
  adaptiveAvgPool: [
    floats('mean', [[2, 3, 4, 5]], (x) => ops.adaptiveAvgPool(x, 1)),
    floats('equal parts', [[1, 2, 6, 4]], (x) => ops.adaptiveAvgPool(x, [3, 2])),
    floats('unequal parts', [[2, 2, 7, 5]], (x) => ops.adaptiveAvgPool(x, [3, 2])),
    floats('one axis unequal', [[1, 2, 7, 4]], (x) => ops.adaptiveAvgPool(x, [3, 4])),
    floats('larger', [[1, 2, 3]], (x) => ops.adaptiveAvgPool(x, 5)),
    floats('1-D', [[2, 2, 9]], (x) => ops.adaptiveAvgPool(x, 4)),
    floats('empty batch', [[0, 2, 5]], (x) => ops.adaptiveAvgPool(x, 2)),
  ],
  upsample: [
    floats('nearest, twice', [[2, 2, 3, 2]], (x) => ops.upsample(x, { scaleFactor: 2 })),
    floats('nearest, other factors', [[1, 2, 2, 3]], (x) => ops.upsample(x, { scaleFactor: [3, 1] })),
    floats('nearest, to a size', [[1, 2, 3, 5]], (x) => ops.upsample(x, { size: [5, 3] })),
    floats('nearest, broken factor', [[1, 1, 5]], (x) => ops.upsample(x, { scaleFactor: 1.5 })),
    floats('nearest, one channel', [[1, 1, 2, 3]], (x) => ops.upsample(x, { scaleFactor: 2 })),
    floats('linear', [[2, 2, 4]], (x) => ops.upsample(x, { scaleFactor: 2, mode: 'linear' })),
    floats('bilinear', [[1, 2, 3, 4]], (x) => ops.upsample(x, { size: [5, 7], mode: 'linear' })),
    floats('corners aligned', [[1, 2, 3, 4]], (x) =>
      ops.upsample(x, { size: [6, 1], mode: 'linear', alignCorners: true }),
    ),
    floats('smaller', [[1, 1, 7, 6]], (x) => ops.upsample(x, { size: [3, 4], mode: 'linear' })),
    floats('empty batch', [[0, 2, 3]], (x) => ops.upsample(x, { scaleFactor: 2 })),
  ],
}
