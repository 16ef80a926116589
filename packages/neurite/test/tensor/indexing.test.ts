import { describe, expect, test } from 'vitest'
import { arange, type Index, IndexOutOfRangeError, tensor, type Tensor } from '../../src/index.ts'

const x = arange(24).reshape([2, 3, 4])
const at = async (...indices: Index[]): Promise<unknown> => x.at(...indices).toArray()

describe('at', () => {
  test.each<[string, Index[], unknown]>([
    ['one place', [1, 2, 3], 23],
    ['places from the end', [-1, -1, -1], 23],
    ['a row', [0, 1], [4, 5, 6, 7]],
    ['a column', [0, null, 1], [1, 5, 9]],
    ['a range', [0, 0, [1, 3]], [1, 2]],
    ['an open range', [0, 0, [2]], [2, 3]],
    ['a range from the start', [0, 0, [undefined, -1]], [0, 1, 2]],
    ['a step', [0, 0, [0, 4, 2]], [0, 2]],
    ['backwards', [0, 0, [undefined, undefined, -1]], [3, 2, 1, 0]],
    ['backwards in part', [0, 0, [2, 0, -1]], [2, 1]],
    ['past the end', [0, 0, [2, 100]], [2, 3]],
    ['an empty range', [0, 0, [3, 1]], []],
    [
      'dots',
      ['...', 0],
      [
        [0, 4, 8],
        [12, 16, 20],
      ],
    ],
    ['dots in the middle', [1, '...', [0, 1]], [[12], [16], [20]]],
    [
      'a tensor of places',
      [0, tensor([2, 0, 2], { dtype: 'int32' }), [0, 2]],
      [
        [8, 9],
        [0, 1],
        [8, 9],
      ],
    ],
  ])('%s', async (_, indices, expected) => {
    expect(await at(...indices)).toEqual(expected)
  })

  test('wrong indices are refused', () => {
    expect(() => x.at(2)).toThrow(IndexOutOfRangeError)
    expect(() => x.at(0, -4)).toThrow(/indexed with -4 but has 3/)
    expect(() => x.at(0, 0, 0, 0)).toThrow(/3 dimensions is indexed with 4/)
    expect(() => x.at('...', '...')).toThrow(IndexOutOfRangeError)
    expect(() => x.at(0.5)).toThrow(/whole number/)
    expect(() => x.at([0, 1, 0])).toThrow(/no slice/)
    expect(() => x.at(tensor([1]))).toThrow(/int32 tensor of one dimension/)
  })

  test('gradients flow back to the chosen places', async () => {
    const w = tensor(
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      { requiresGrad: true },
    )
    w.at(null, [undefined, undefined, 2]).sum().backward()
    expect(await w.grad!.toArray()).toEqual([
      [1, 0, 1],
      [1, 0, 1],
    ])
  })
})

describe('slice', () => {
  test.each<[number[], unknown]>([
    [
      [1, 1],
      [
        [4, 5],
        [7, 8],
      ],
    ],
    [
      [1, 0, 1],
      [[3], [6]],
    ],
    [
      [-1, -1],
      [[5], [8]],
    ],
    [[0, 1], [[6, 7, 8]]],
  ])('%j', async ([axis, start, end], expected) => {
    const y = tensor([
      [3, 4, 5],
      [6, 7, 8],
    ])
    expect(await y.slice(axis!, start, end).toArray()).toEqual(expected)
  })
})

test('maskedSelect takes the true places', async () => {
  const y = tensor(
    [
      [1, -2],
      [3, -4],
    ],
    { requiresGrad: true },
  )
  const chosen: Tensor = await y.maskedSelect(y.greater(0))
  expect(await chosen.toArray()).toEqual([1, 3])
  chosen.sum().backward()
  expect(await y.grad!.toArray()).toEqual([
    [1, 0],
    [1, 0],
  ])
})
