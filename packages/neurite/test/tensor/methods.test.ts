import { describe, expect, test } from 'vitest'
import {
  ArgumentError,
  arange,
  concat,
  DTypeError,
  embedding,
  IndexOutOfRangeError,
  ones,
  ShapeError,
  stack,
  tensor,
  type Tensor,
  where,
  zeros,
} from '../../src/index.ts'

const x = tensor([
  [1, 5, 3],
  [4, 2, 6],
])
const ints = tensor([1, 2, 3], { dtype: 'int32' })

describe('results', () => {
  test.each<[string, Tensor, Tensor['dtype'], unknown]>([
    ['sum over both axes, kept', x.sum([0, 1], { keepDim: true }), 'float32', [[21]]],
    ['sum over the last axis', x.sum(-1), 'float32', [9, 12]],
    ['mean, kept', x.mean(1, { keepDim: true }), 'float32', [[3], [4]]],
    ['max', x.max(0), 'float32', [4, 5, 6]],
    ['argmax over all', x.argmax(), 'int32', 5],
    ['argmin, kept', x.argmin(1, { keepDim: true }), 'int32', [[0], [1]]],
    ['variance of the population', x.variance(1, { correction: 0 }).mul(3), 'float32', [8, 8]],
    ['sum of bool', x.greater(2).sum(), 'int32', 4],
    [
      'any of numbers',
      tensor([
        [0, 0.5],
        [0, 0],
      ]).any(1),
      'bool',
      [true, false],
    ],
    [
      'all of numbers',
      tensor([
        [0, 0.5],
        [1, 2],
      ]).all(1),
      'bool',
      [false, true],
    ],
    ['int plus int', ints.add(ints), 'int32', [2, 4, 6]],
    ['int plus float', ints.add(tensor([0.5])), 'float32', [1.5, 2.5, 3.5]],
    ['int plus fraction', ints.add(0.5), 'float32', [1.5, 2.5, 3.5]],
    ['int by int', ints.div(2), 'float32', [0.5, 1, 1.5]],
    ['a function of integers', ints.sub(1).sqrt().square().round(), 'float32', [0, 1, 2]],
    ['to bool', tensor([0, 2]).to('bool'), 'bool', [false, true]],
    ['empty sum', zeros([0, 2]).sum(0), 'float32', [0, 0]],
    ['batched matmul', ones([2, 1, 3]).matmul(ones([3, 2])), 'float32', [[[3, 3]], [[3, 3]]]],
    ['dot product', tensor([1, 2]).matmul(tensor([3, 4])), 'float32', 11],
    ['where with two numbers', where(tensor([true, false]), 1, 0), 'float32', [1, 0]],
    [
      'concat',
      concat([x, x.neg()], 1),
      'float32',
      [
        [1, 5, 3, -1, -5, -3],
        [4, 2, 6, -4, -2, -6],
      ],
    ],
    [
      'stack',
      stack([ints, ints], 1),
      'int32',
      [
        [1, 1],
        [2, 2],
        [3, 3],
      ],
    ],
    ['t of a vector', ints.t(), 'int32', [1, 2, 3]],
    ['squeeze of one axis', zeros([1, 2, 1]).squeeze(0), 'float32', [[0], [0]]],
    [
      'split sizes',
      x.split([1, 2], 1)[1]!,
      'float32',
      [
        [5, 3],
        [2, 6],
      ],
    ],
  ])('%s', async (_, result, dtype, expected) => {
    expect(result.dtype).toBe(dtype)
    expect(await result.toArray()).toEqual(expected)
  })
})

describe('errors are those of PyTorch, told in three parts', () => {
  test.each<[string, () => unknown, new (...parts: never[]) => Error]>([
    ['shapes that do not broadcast', () => (x as Tensor).add(tensor([1, 2])), ShapeError],
    ['inner sizes of matmul', () => (x as Tensor).matmul(x), ShapeError],
    ['matmul of integers', () => ints.matmul(ints), DTypeError],
    ['matmul of a scalar', () => (x as Tensor).matmul(tensor(1)), ShapeError],
    ['mean of integers', () => ints.mean(), DTypeError],
    ['an axis that does not exist', () => x.sum(2), IndexOutOfRangeError],
    ['an axis named twice', () => x.sum([0, -2]), ArgumentError],
    ['reshape to another size', () => x.reshape([4]), ShapeError],
    ['two unknown sizes', () => x.reshape([-1, -1]), Error],
    ['t of three dimensions', () => zeros([1, 2, 3]).t(), ShapeError],
    ['max of nothing', () => zeros([0]).max(), Error],
    ['a condition that is not bool', () => where(ints as never, 1, 0), DTypeError],
    ['concat of nothing', () => concat([]), ArgumentError],
    ['stack of nothing', () => stack([]), ArgumentError],
    ['split that does not add up', () => x.split([1, 1], 1), ArgumentError],
    ['topk of too many', () => x.topk(4), ArgumentError],
    ['one-hot of fractions', () => x.oneHot(3), DTypeError],
    ['an embedding with fractions', () => embedding(x, tensor([1])), DTypeError],
    ['arange that leads away', () => arange(0, 5, -1), ArgumentError],
  ])('%s', (_, run, kind) => {
    expect(run).toThrow(kind)
    expect(run).toThrow(/expected: [\s\S]*fix: /)
  })

  test('an index outside a table is found when it is read', async () => {
    const rows = embedding(x, tensor([5], { dtype: 'int32' }))
    await expect(rows.data()).rejects.toThrow(IndexOutOfRangeError)
  })
})
