/** Sizes that small cases do not reach: several vectors, tiles and blocks, with rests; one thread and several. */
import { beforeAll, describe, expect, test } from 'vitest'
import { WasmBackend } from '../../src/backends/wasm/backend.ts'
import type { Node, Shape } from '../../src/graph/node.ts'
import * as ops from '../../src/ops/index.ts'
import type { InputCase, OperationCase } from '../support/operation-cases.ts'
import { roundToGrid } from './neighbourhood.ts'
import { checkForward, checkGradient, execute } from './run-sample.ts'
import { bindingsOf, caseSample } from './samples.ts'

const floats = (...shapes: Shape[]): InputCase[] => shapes.map((shape) => ({ shape }))
const index = (shape: Shape, below: number): InputCase => ({ shape, dtype: 'int32', range: [0, below - 1] })
const key: InputCase = { shape: [], dtype: 'int32', range: [-9, 9] }

type Large = [string, readonly InputCase[], (...inputs: Node[]) => Node]

// The inputs are multiples of 1/32: float32 adds their products without rounding, so order does not matter.
const large: readonly Large[] = [
  ['elementwise chain', floats([131, 67], [67]), (x, y) => ops.tanh(ops.add(ops.mul(x, y), ops.sigmoid(x)))],
  ['elementwise over a transposed input', floats([131, 67]), (x) => ops.exp(ops.transpose(x, 0, 1))],
  ['column times row', floats([211, 1], [1, 103]), (x, y) => ops.mul(x, y)],
  ['sum of everything', floats([20_011]), (x) => ops.sum(x)],
  ['mean of rows', floats([37, 1031]), (x) => ops.mean(x, { axes: 1 })],
  ['sum of columns', floats([1031, 37]), (x) => ops.sum(x, { axes: 0 })],
  ['sum of outer axes', floats([19, 23, 41]), (x) => ops.sum(x, { axes: [0, 2] })],
  ['max of rows', floats([67, 517]), (x) => ops.max(x, { axes: 1 })],
  ['argmax of columns', floats([517, 67]), (x) => ops.argmax(x, { axis: 0 })],
  ['variance of rows', floats([33, 517]), (x) => ops.variance(x, { axes: 1 })],
  ['softmax of rows', floats([67, 517]), (x) => ops.softmax(x, 1)],
  ['softmax of columns', floats([131, 67]), (x) => ops.softmax(x, 0)],
  ['logSumExp of rows', floats([67, 517]), (x) => ops.logSumExp(x, { axes: 1 })],
  ['matmul', floats([65, 130], [130, 97]), ops.matmul],
  ['matmul, transposed left', floats([130, 65], [130, 97]), (x, y) => ops.matmul(ops.transpose(x, 0, 1), y)],
  ['matmul, transposed right', floats([65, 130], [97, 130]), (x, y) => ops.matmul(x, ops.transpose(y, 0, 1))],
  ['matmul, deep', floats([7, 1031], [1031, 9]), ops.matmul],
  ['matmul by a vector', floats([257, 129], [129]), ops.matmul],
  ['matmul of a row', floats([129], [129, 257]), ops.matmul],
  ['matmul, batched', floats([5, 33, 47], [5, 47, 21]), ops.matmul],
  ['matmul, batch broadcast', floats([5, 1, 33, 17], [3, 17, 21]), ops.matmul],
  [
    'linear layer',
    floats([67, 130], [97, 130], [97]),
    (x, w, b) => ops.relu(ops.add(ops.matmul(x, ops.transpose(w, 0, 1)), b)),
  ],
  ['concat', floats([131, 67], [131, 3], [131, 40]), (...x) => ops.concat(x, 1)],
  ['slice in steps', floats([131, 67]), (x) => ops.slice(x, { start: [130, 1], size: [44, 22], step: [-3, 3] })],
  ['pad', floats([131, 67]), (x) => ops.pad(x, { before: [3, 5], after: [1, 2], value: 1 })],
  ['gather', [...floats([131, 67]), index([131, 300], 67)], (x, i) => ops.gather(x, 1, i)],
  [
    'scatterAdd',
    [...floats([67, 33]), index([500, 33], 67), ...floats([500, 33])],
    (x, i, s) => ops.scatterAdd(x, 0, i, s),
  ],
  ['embedding', [...floats([211, 33]), index([17, 29], 211)], ops.embedding],
  ['cumsum of rows', floats([67, 517]), (x) => ops.cumsum(x, 1)],
  ['cumsum of columns', floats([517, 67]), (x) => ops.cumsum(x, 0)],
  ['argsort', [{ shape: [33, 517], dtype: 'int32', range: [-100, 100] }], (x) => ops.argsort(x, { descending: true })],
  ['convolution', floats([5, 6, 19, 23], [33, 6, 3, 3]), (x, w) => ops.convolution(x, w, { padding: 1 })],
  [
    'convolution, stride 2',
    floats([7, 16, 15, 13], [21, 16, 4, 4]),
    (x, w) => ops.convolution(x, w, { stride: 2, padding: 1 }),
  ],
  ['convolution of one channel', floats([9, 1, 28, 28], [32, 1, 3, 3]), (x, w) => ops.convolution(x, w)],
  [
    'convolution to one channel',
    floats([5, 32, 17, 19], [1, 32, 3, 3]),
    (x, w) => ops.convolution(x, w, { padding: 1 }),
  ],
  [
    'convolution, groups and dilation',
    floats([5, 12, 41], [20, 3, 5]),
    (x, w) => ops.convolution(x, w, { groups: 4, dilation: 2 }),
  ],
  [
    'convolution, depthwise',
    floats([5, 37, 13, 15], [37, 1, 3, 3]),
    (x, w) => ops.convolution(x, w, { groups: 37, padding: 1 }),
  ],
  [
    'transposed convolution',
    floats([5, 24, 7, 9], [24, 17, 4, 4]),
    (x, w) => ops.transposedConvolution(x, w, { stride: 2, padding: 1 }),
  ],
  [
    'transposed convolution to one channel',
    floats([9, 24, 14, 14], [24, 1, 4, 4]),
    (x, w) => ops.transposedConvolution(x, w, { stride: 2, padding: 1 }),
  ],
  ['max pooling', floats([5, 19, 24, 26]), (x) => ops.maxPool(x, 2)],
  ['max pooling that overlaps', floats([5, 19, 23, 25]), (x) => ops.maxPool(x, 3, { stride: 2, padding: 1 })],
  ['average pooling', floats([5, 19, 24, 26]), (x) => ops.avgPool(x, 2)],
  ['nearest up-sampling', floats([5, 19, 13, 11]), (x) => ops.upsample(x, { scaleFactor: 2 })],
  ['bilinear up-sampling', floats([5, 19, 13, 11]), (x) => ops.upsample(x, { scaleFactor: 2, mode: 'linear' })],
  ['normal', [key, key, key], (key0, key1, counter) => ops.normal([131, 67], { stream: { key0, key1, counter } })],
  ['permutation', [key, key, key], (key0, key1, counter) => ops.permutation(5003, { stream: { key0, key1, counter } })],
]

const single = new WasmBackend({ threads: 1 })
const several = new WasmBackend({ threads: 3 })

beforeAll(() => several.team.ready())

describe('large tensors on wasm', () => {
  test.each(large)('%s', (name, inputs, build) => {
    const item: OperationCase = { name, inputs, build: (nodes) => build(...nodes) }
    const sample = caseSample(item, 'definition', roundToGrid)
    expect(checkForward(single, sample)).toBe('')
    if (sample.gradients !== undefined) expect(checkGradient(single, sample)).toBe('')
    const outputs = sample.build(bindingsOf(sample.inputs))
    expect(several.team.threads).toBe(3)
    expect(execute(several, sample.inputs, outputs)).toEqual(execute(single, sample.inputs, outputs))
  })
})
