import { describe, expect, test } from 'vitest'
import {
  arange,
  DTypeError,
  eye,
  fromData,
  full,
  linspace,
  ones,
  onesLike,
  ShapeError,
  tensor,
  type Tensor,
  zeros,
  zerosLike,
} from '../../src/index.ts'

const look = async (x: Tensor): Promise<unknown[]> => [x.dtype, [...x.shape], [...(await x.data())]]

describe('tensor', () => {
  test.each<[string, () => Tensor, unknown[]]>([
    ['a number', () => tensor(2), ['float32', [], [2]]],
    [
      'nested arrays',
      () =>
        tensor([
          [1, 2, 3],
          [4, 5, 6],
        ]),
      ['float32', [2, 3], [1, 2, 3, 4, 5, 6]],
    ],
    ['three levels', () => tensor([[[1], [2]]]), ['float32', [1, 2, 1], [1, 2]]],
    ['booleans', () => tensor([[true], [false]]), ['bool', [2, 1], [1, 0]]],
    ['whole numbers on request', () => tensor([1, -2], { dtype: 'int32' }), ['int32', [2], [1, -2]]],
    ['bytes', () => tensor(new Uint8Array([0, 255])), ['uint8', [2], [0, 255]]],
    ['Int32Array', () => tensor(new Int32Array([5])), ['int32', [1], [5]]],
    ['Float64Array', () => tensor(new Float64Array([0.5])), ['float32', [1], [0.5]]],
    ['Int16Array', () => tensor(new Int16Array([-3])), ['float32', [1], [-3]]],
    [
      'a shape of its own',
      () => tensor(new Float32Array(6), { shape: [2, 3] }),
      ['float32', [2, 3], [0, 0, 0, 0, 0, 0]],
    ],
    ['nothing', () => tensor([]), ['float32', [0], []]],
    ['empty rows', () => tensor([[], []]), ['float32', [2, 0], []]],
    ['numbers as bool', () => tensor([0, 2], { dtype: 'bool' }), ['bool', [2], [0, 1]]],
  ])('from %s', async (_, make, expected) => {
    expect(await look(make())).toEqual(expected)
  })

  test('copies what it is given', async () => {
    const values = new Float32Array([1, 2])
    const x = tensor(values)
    values[0] = 9
    expect(await x.toArray()).toEqual([1, 2])
    const read = await x.data()
    read[1] = 9
    expect(await x.toArray()).toEqual([1, 2])
  })

  test('refuses uneven rows, values that do not fit, and wrong shapes', () => {
    expect(() => tensor([[1, 2], [3]])).toThrow(ShapeError)
    expect(() => tensor([1, [2]])).toThrow(/depth/)
    expect(() => tensor([[1], 2])).toThrow(ShapeError)
    expect(() => tensor([1.5], { dtype: 'int32' })).toThrow(DTypeError)
    expect(() => tensor([3e9], { dtype: 'int32' })).toThrow(/does not fit int32/)
    expect(() => tensor([256], { dtype: 'uint8' })).toThrow(/0 to 255/)
    expect(() => tensor([1, 2], { shape: [3] })).toThrow(/2 values for the shape \[3\]/)
    expect(() => tensor([1], { dtype: 'float64' as 'float32' })).toThrow(/dtype 'float64' does not exist/)
    expect(() => tensor(['1' as unknown as number])).toThrow(/type string/)
    expect(() => zeros([2.5])).toThrow(ShapeError)
    expect(() => zeros([-1])).toThrow(ShapeError)
    expect(() => zeros(3 as unknown as number[])).toThrow(/list of whole numbers/)
    expect(() => tensor([1], { dtype: 'int32', requiresGrad: true })).toThrow(DTypeError)
  })
})

test.each<[string, Tensor, unknown[]]>([
  ['zeros', zeros([2]), ['float32', [2], [0, 0]]],
  ['ones', ones([1, 2], { dtype: 'int32' }), ['int32', [1, 2], [1, 1]]],
  ['full', full([2], 0.5), ['float32', [2], [0.5, 0.5]]],
  ['full of bool', full([2], 1, { dtype: 'bool' }), ['bool', [2], [1, 1]]],
  ['zerosLike', zerosLike(tensor([true])), ['bool', [1], [0]]],
  ['onesLike', onesLike(tensor([[3]])), ['float32', [1, 1], [1]]],
  ['eye', eye(2), ['float32', [2, 2], [1, 0, 0, 1]]],
  ['eye with columns', eye(2, 3), ['float32', [2, 3], [1, 0, 0, 0, 1, 0]]],
  ['arange', arange(3), ['int32', [3], [0, 1, 2]]],
  ['arange from to', arange(1, 7, 2), ['int32', [3], [1, 3, 5]]],
  ['arange backwards', arange(3, 0, -1), ['int32', [3], [3, 2, 1]]],
  ['arange with fractions', arange(0, 1, 0.25), ['float32', [4], [0, 0.25, 0.5, 0.75]]],
  ['linspace', linspace(0, 1, 5), ['float32', [5], [0, 0.25, 0.5, 0.75, 1]]],
  ['linspace of one', linspace(3, 9, 1), ['float32', [1], [3]]],
  ['fromData', fromData(new Uint8Array([1, 2]), [2, 1]), ['uint8', [2, 1], [1, 2]]],
])('%s', async (_, made, expected) => {
  expect(await look(made)).toEqual(expected)
})

test('linspace ends exactly at its end', async () => {
  expect((await linspace(0.1, 0.7, 7).data())[6]).toBe(Math.fround(0.7))
})

test('item needs exactly one element', async () => {
  expect(await tensor([[5]]).item()).toBe(5)
  await expect(tensor([1, 2]).item()).rejects.toThrow(/2 elements/)
})
