import { describe, expect, test } from 'vitest'
import { ArgumentError, DTypeError, IndexOutOfRangeError, NeuriteError, ShapeError } from '../../src/errors.ts'
import type { DType, Node, Shape } from '../../src/graph/node.ts'
import { createNode } from '../../src/graph/node.ts'
import { addOperation } from '../../src/ops/add.ts'
import { expOperation } from '../../src/ops/exp.ts'
import * as ops from '../../src/ops/index.ts'
import { whereOperation } from '../../src/ops/where.ts'

const tensor = (shape: Shape, dtype: DType = 'float32'): Node => ops.input({ index: 0, shape, dtype })
const matrix = tensor([2, 3])
const whole = tensor([4], 'int32')
const truth = tensor([4], 'bool')

type Raise = [string, () => unknown, new (parts: never) => NeuriteError, RegExp]

describe('elementwise operations and reductions refuse what does not fit', () => {
  test.each<Raise>([
    ['shapes', () => ops.add(matrix, tensor([2])), ShapeError, /add: the shapes \[2, 3\] and \[2\] do not fit/],
    ['shapes of a condition', () => ops.where(truth, matrix, matrix), ShapeError, /where/],
    ['a condition that is not bool', () => ops.where(matrix, 1, 0), DTypeError, /where: .*float32/],
    ['sub of bools', () => ops.sub(truth, truth), DTypeError, /sub: .*bool/],
    ['neg of bools', () => ops.neg(truth), DTypeError, /neg: .*bool/],
    ['mean of integers', () => ops.mean(whole), DTypeError, /mean: .*int32/],
    ['variance of integers', () => ops.variance(whole), DTypeError, /variance: .*int32/],
    ['softmax of integers', () => ops.softmax(whole, 0), DTypeError, /softmax: .*int32/],
    ['logSoftmax of integers', () => ops.logSoftmax(whole, 0), DTypeError, /logSoftmax: .*int32/],
    ['logSumExp of integers', () => ops.logSumExp(whole), DTypeError, /logSumExp: .*int32/],
    ['gelu of integers', () => ops.gelu(whole), DTypeError, /gelu: .*int32/],
    ['integer powers of a tensor', () => ops.pow(whole, whole), DTypeError, /pow: .*integer/],
    ['negative integer powers', () => ops.pow(whole, -1), DTypeError, /pow: .*-1/],
    ['max of nothing', () => ops.max(tensor([2, 0]), { axes: 1 }), ShapeError, /max: axis 1 .* is empty/],
    ['min of nothing', () => ops.min(tensor([0])), ShapeError, /min: axis 0 .* is empty/],
    ['argmax of nothing', () => ops.argmax(tensor([0])), ShapeError, /argmax: axis 0 .* is empty/],
    ['a missing axis', () => ops.sum(matrix, { axes: 2 }), IndexOutOfRangeError, /sum: axis 2 does not exist/],
    ['a broken axis', () => ops.sum(matrix, { axes: 0.5 }), IndexOutOfRangeError, /axis 0.5/],
    ['an axis twice', () => ops.max(matrix, { axes: [1, -1] }), ArgumentError, /max: axis 1 is named twice/],
    ['an axis of a scalar', () => ops.softmax(tensor([]), 1), IndexOutOfRangeError, /softmax: axis 1/],
    ['an axis of a scalar', () => ops.argmin(tensor([]), { axis: 3 }), IndexOutOfRangeError, /argmin: axis 3/],
    ['clamp without limits', () => ops.clamp(matrix, {}), ArgumentError, /clamp: got no limit/],
    ['an unknown gelu', () => ops.gelu(matrix, { approximate: 'erf' as never }), ArgumentError, /gelu: .*'erf'/],
    ['a broken correction', () => ops.variance(matrix, { correction: NaN }), ArgumentError, /variance: .*NaN/],
    ['an int32 constant with a fraction', () => ops.constant(0.5, 'int32'), DTypeError, /constant: 0.5/],
    ['a uint8 constant above 255', () => ops.constant(256, 'uint8'), DTypeError, /constant: 256/],
    ['a constant that is no number', () => ops.constant('1' as never), ArgumentError, /constant: got string/],
    ['a negative length', () => ops.iota(-1), ShapeError, /iota/],
    ['a shape with a fraction', () => ops.full([1.5], 0), NeuriteError, /1\.5/],
    [
      'data of another size',
      () => ops.data({ data: new Float32Array(3), shape: [2], dtype: 'float32' }),
      ShapeError,
      /data: 3 values/,
    ],
    ['nodes of unequal shapes', () => createNode(addOperation, [matrix, tensor([3])], {}), ShapeError, /equal shapes/],
    [
      'nodes of unequal dtypes',
      () => createNode(addOperation, [whole, tensor([4])], {}),
      DTypeError,
      /int32 and float32/,
    ],
    ['nodes of another dtype', () => createNode(expOperation, [whole], {}), DTypeError, /exp: got int32/],
    ['branches of two dtypes', () => createNode(whereOperation, [truth, whole, tensor([4])], {}), DTypeError, /where/],
  ])('%s', (_, fn, type, message) => {
    let thrown: unknown
    try {
      fn()
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(type)
    const { what, expected, fix } = thrown as NeuriteError
    expect(`${what} ${expected}`).toMatch(message)
    expect(Math.min(what.length, expected.length, fix.length)).toBeGreaterThan(3)
  })
})
