/** Worked numbers, and what these operations refuse. */
import { describe, expect, test } from 'vitest'
import { evaluateGraph } from '../../src/backends/reference/index.ts'
import { ArgumentError, DTypeError, IndexOutOfRangeError, type NeuriteError, ShapeError } from '../../src/errors.ts'
import type { DType, Node, Shape } from '../../src/graph/node.ts'
import * as ops from '../../src/ops/index.ts'
import { toArray } from '../support/operation-fixtures.ts'

const tensor = (shape: Shape, dtype: DType = 'float32'): Node => ops.input({ index: 0, shape, dtype })
const counted = (shape: Shape): Node =>
  ops.reshape(
    ops.arange(
      0,
      shape.reduce((a, b) => a * b, 1),
    ),
    shape,
  )
const given = (values: readonly number[], dtype: DType = 'float32', shape: Shape = [values.length]): Node =>
  ops.data({ data: toArray(Float64Array.from(values), dtype), shape, dtype })
const valuesOf = (node: Node): number[] => [...evaluateGraph([node])[0]!]

describe('worked numbers', () => {
  test.each<[string, Node, Shape, number[]]>([
    ['permute', ops.permute(counted([2, 3]), [1, 0]), [3, 2], [0, 3, 1, 4, 2, 5]],
    ['expand', ops.expand(counted([2, 1]), [2, 2]), [2, 2], [0, 0, 1, 1]],
    ['slice', ops.slice(counted([10]), { start: [8], size: [3], step: [-3] }), [3], [8, 5, 2]],
    ['flip', ops.flip(counted([2, 3]), [1]), [2, 3], [2, 1, 0, 5, 4, 3]],
    ['pad', ops.pad(counted([2]), { before: [1], after: [2], value: 9 }), [5], [9, 0, 1, 9, 9]],
    ['concat', ops.concat([counted([2]), counted([1])]), [3], [0, 1, 0]],
    ['stack', ops.stack([counted([2]), counted([2])], 1), [2, 2], [0, 0, 1, 1]],
    ['tril', ops.tril(counted([2, 3])), [2, 3], [0, 0, 0, 3, 4, 0]],
    ['triu', ops.triu(counted([2, 3]), 1), [2, 3], [0, 1, 2, 0, 0, 5]],
    ['maskedFill', ops.maskedFill(counted([3]), given([0, 1, 0], 'bool'), 7), [3], [0, 7, 2]],
    // 1 * 3 + 2 * 4 = 11.
    ['matmul', ops.matmul(given([1, 2]), given([3, 4])), [], [11]],
    ['gather', ops.gather(given([5, 6, 7]), 0, given([2, 0], 'int32')), [2], [7, 5]],
    [
      'scatterAdd',
      ops.scatterAdd(given([1, 1]), 0, given([1, 1, 0], 'int32'), given([2, 3, 4])),
      [2],
      [1 + 4, 1 + 2 + 3],
    ],
    ['indexSelect', ops.indexSelect(counted([2, 3]), 1, given([2, 2], 'int32')), [2, 2], [2, 2, 5, 5]],
    ['embedding', ops.embedding(counted([3, 2]), given([2, 0], 'int32')), [2, 2], [4, 5, 0, 1]],
    ['oneHot', ops.oneHot(given([1, 0], 'int32'), 3), [2, 3], [0, 1, 0, 1, 0, 0]],
    ['argsort', ops.argsort(given([2, NaN, 1, 2])), [4], [2, 0, 3, 1]],
    ['argsort, descending', ops.argsort(given([2, NaN, 1, 2]), { descending: true }), [4], [1, 0, 3, 2]],
    ['topk', ops.topk(given([4, 9, 7]), 2).values, [2], [9, 7]],
    ['cumsum', ops.cumsum(counted([2, 3]), 1), [2, 3], [0, 1, 3, 3, 7, 12]],
    ['cumsum of a scalar', ops.cumsum(given([3], 'int32', []), 0), [], [3]],
    ['arange', ops.arange(1, 2, 0.25), [4], [1, 1.25, 1.5, 1.75]],
    ['split', ops.split(counted([5]), 2)[2]!, [1], [4]],
  ])('%s', (_, node, shape, values) => {
    expect(node.shape).toEqual(shape)
    expect(valuesOf(node)).toEqual(values)
  })

  test('what changes nothing is the same node', () => {
    const x = tensor([2, 3])
    expect(ops.reshape(x, [2, -1])).toBe(x)
    expect(ops.expand(x, [-1, 3])).toBe(x)
    expect(ops.slice(x, { start: [0, 0], size: [2, 3] })).toBe(x)
    expect(ops.pad(x, { before: [0, 0], after: [0, 0] })).toBe(x)
    expect(ops.concat([x])).toBe(x)
    expect(ops.transpose(x, 1, -1)).toBe(x)
  })

  test('a batch times one matrix is a single product', () => {
    const product = ops.matmul(tensor([5, 2, 3]), tensor([3, 4]))
    expect(product.inputs[0]!.operation.name).toBe('matmul')
    expect(product.inputs[0]!.shape).toEqual([10, 4])
  })
})

const x = tensor([2, 3])
const index = tensor([2], 'int32')
type Refusal = [string, () => unknown, new (parts: never) => NeuriteError, RegExp]

describe('refused', () => {
  test.each<Refusal>([
    [
      'reshape to another size',
      () => ops.reshape(x, [4]),
      ShapeError,
      /reshape: shape \[2, 3\] .* \[4\].*product is 6/,
    ],
    ['reshape with a -1 that does not divide', () => ops.reshape(x, [-1, 4]), ShapeError, /\[-1, 4\]/],
    ['reshape with two -1', () => ops.reshape(x, [-1, -1]), ArgumentError, /dimension 1/],
    ['reshape of nothing with -1', () => ops.reshape(tensor([0]), [0, -1]), ShapeError, /\[0, -1\]/],
    ['reshape to a fraction', () => ops.reshape(x, [1.5, 4]), ArgumentError, /1\.5/],
    ['permute with a missing axis', () => ops.permute(x, [0]), ShapeError, /order \[0\]/],
    ['permute with an axis twice', () => ops.permute(x, [0, -2]), ShapeError, /order \[0, 0\]/],
    ['expand of 3 to 4', () => ops.expand(x, [2, 4]), ShapeError, /\[2, 3\] .* \[2, 4\]/],
    ['expand to fewer dimensions', () => ops.expand(x, [3]), ShapeError, /\[3\]/],
    ['slice outside', () => ops.slice(x, { start: [0, 2], size: [2, 2] }), IndexOutOfRangeError, /axis 1 .* 2 to 3/],
    [
      'slice before the start',
      () => ops.slice(x, { start: [0, 0], size: [2, 2], step: [1, -1] }),
      IndexOutOfRangeError,
      /-1/,
    ],
    ['slice with step 0', () => ops.slice(x, { start: [0, 0], size: [1, 1], step: [1, 0] }), ArgumentError, /step 0/],
    ['slice of too few axes', () => ops.slice(x, { start: [0], size: [1] }), ArgumentError, /1, 1 and 1 entries/],
    ['split into sizes that do not add up', () => ops.split(x, [1, 1], 1), ArgumentError, /\[1, 1\].*add up to 3/],
    ['split into parts of 0', () => ops.split(x, 0), ArgumentError, /\[0\]/],
    ['flip of an axis twice', () => ops.flip(x, [1, -1]), ArgumentError, /\[1, -1\]/],
    ['flip of a missing axis', () => ops.flip(x, [2]), IndexOutOfRangeError, /flip: axis 2/],
    ['pad of too few axes', () => ops.pad(x, { before: [1], after: [1] }), ArgumentError, /before is \[1\]/],
    ['pad that cuts too much', () => ops.pad(x, { before: [0, -2], after: [0, -2] }), ShapeError, /\[0, -2\]/],
    [
      'pad of integers with a fraction',
      () => ops.pad(index, { before: [1], after: [0], value: 0.5 }),
      DTypeError,
      /0\.5/,
    ],
    ['concat of nothing', () => ops.concat([]), ArgumentError, /empty/],
    ['concat of other sizes', () => ops.concat([x, tensor([2, 4])]), ShapeError, /\[2, 4\] .* \[2, 3\] along axis 0/],
    ['concat along a missing axis', () => ops.concat([x, x], 2), IndexOutOfRangeError, /concat: axis 2/],
    ['stack of nothing', () => ops.stack([]), ArgumentError, /empty/],
    ['stack of other shapes', () => ops.stack([x, tensor([3, 2])]), ShapeError, /\[3, 2\] beside \[2, 3\]/],
    ['tril of a vector', () => ops.tril(index), ShapeError, /tril: .*\[2\]/],
    ['triu with a broken diagonal', () => ops.triu(x, 0.5), ArgumentError, /triu: .*0\.5/],
    ['maskedFill by numbers', () => ops.maskedFill(x, x, 0), DTypeError, /a mask of dtype float32/],
    [
      'maskedFill of integers with a fraction',
      () => ops.maskedFill(index, tensor([2], 'bool'), 0.5),
      DTypeError,
      /0\.5/,
    ],
    ['maskedFill of other shapes', () => ops.maskedFill(x, tensor([2], 'bool'), 0), ShapeError, /maskedFill/],
    ['matmul of other sizes', () => ops.matmul(x, x), ShapeError, /matmul: shapes \[2, 3\] and \[2, 3\]/],
    ['matmul of other batches', () => ops.matmul(tensor([2, 1, 3]), tensor([3, 3, 1])), ShapeError, /matmul/],
    ['matmul of a scalar', () => ops.matmul(x, tensor([])), ShapeError, /\[2, 3\] and \[\]/],
    ['matmul of integers', () => ops.matmul(index, index), DTypeError, /matmul: .*int32/],
    ['gather by floats', () => ops.gather(x, 0, x), DTypeError, /gather: got an index of dtype float32/],
    ['gather by other ranks', () => ops.gather(x, 0, index), ShapeError, /gather: the index has shape \[2\]/],
    ['gather by a larger index', () => ops.gather(x, 0, tensor([2, 4], 'int32')), ShapeError, /\[2, 4\]/],
    ['scatterAdd of a smaller source', () => ops.scatterAdd(given([1]), 0, index, tensor([1])), ShapeError, /\[1\]/],
    ['scatterAdd of another dtype', () => ops.scatterAdd(tensor([3]), 0, index, index), DTypeError, /float32 .* int32/],
    [
      'scatterAdd to bools',
      () => ops.scatterAdd(tensor([3], 'bool'), 0, index, tensor([2], 'bool')),
      DTypeError,
      /bool/,
    ],
    ['indexSelect by a matrix', () => ops.indexSelect(x, 0, tensor([1, 1], 'int32')), ShapeError, /\[1, 1\]/],
    ['embedding of a vector', () => ops.embedding(tensor([3]), index), ShapeError, /weight has shape \[3\]/],
    ['embedding by bools', () => ops.embedding(x, tensor([2], 'bool')), DTypeError, /bool/],
    ['oneHot without classes', () => ops.oneHot(index, 0), ArgumentError, /oneHot: .* 0/],
    ['oneHot of floats', () => ops.oneHot(x, 3), DTypeError, /oneHot: .*float32/],
    ['argsort of a missing axis', () => ops.argsort(x, { axis: 2 }), IndexOutOfRangeError, /argsort: axis 2/],
    ['topk of too many', () => ops.topk(x, 4), ArgumentError, /topk: k is 4 .*0 to 3/],
    ['cumsum of a missing axis', () => ops.cumsum(x, -3), IndexOutOfRangeError, /cumsum: axis -3/],
    ['arange with step 0', () => ops.arange(0, 5, 0), ArgumentError, /steps of 0/],
    ['arange the wrong way', () => ops.arange(0, 5, -1), ArgumentError, /steps of -1/],
    ['flatten from behind', () => ops.flatten(x, 1, 0), ArgumentError, /axes 1 to 0/],
    ['unsqueeze too far', () => ops.unsqueeze(x, 3), IndexOutOfRangeError, /unsqueeze: axis 3/],
    ['bernoulli of integers', () => ops.bernoulli(index, { stream }), DTypeError, /bernoulli/],
    ['categorical of integers', () => ops.categorical(index, { stream }), DTypeError, /categorical/],
    ['a stream of floats', () => ops.randomBits([2], { ...stream, counter: tensor([]) }), DTypeError, /threefry/],
    [
      'evaluating an index outside',
      () => valuesOf(ops.gather(given([1, 2]), 0, given([2], 'int32'))),
      IndexOutOfRangeError,
      /holds 2.*0 to 1/,
    ],
    [
      'evaluating a negative index',
      () => valuesOf(ops.embedding(counted([3, 2]), given([-1], 'int32'))),
      IndexOutOfRangeError,
      /-1/,
    ],
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

const stream = { key0: ops.constant(1, 'int32'), key1: ops.constant(2, 'int32'), counter: ops.constant(3, 'int32') }
