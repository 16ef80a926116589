import { describe, expect, test } from 'vitest'
import { arange, buffer, parameter, tensor, zeros } from '../../src/index.ts'
import { inspect } from 'node:util'

// The expected texts are those of PyTorch 1.13, in this library's spelling of names.
describe('values as text', () => {
  test.each([
    [tensor(3.14159), 'tensor(3.1416)'],
    [tensor([1, 2, 3]), 'tensor([1., 2., 3.])'],
    [tensor([1, 2.5, -3]), 'tensor([ 1.0000,  2.5000, -3.0000])'],
    [tensor([0, 0]), 'tensor([0., 0.])'],
    [tensor([1e-5, 1]), 'tensor([1.0000e-05, 1.0000e+00])'],
    [tensor([12345.678, 1]), 'tensor([1.2346e+04, 1.0000e+00])'],
    [tensor([1000, 1]), 'tensor([1000.,    1.])'],
    [tensor([100000, 1]), 'tensor([1.0000e+05, 1.0000e+00])'],
    [tensor([3e9]), 'tensor([3.0000e+09])'],
    [tensor([1, -20, 300], { dtype: 'int32' }), 'tensor([  1, -20, 300], dtype=int32)'],
    [tensor(new Uint8Array([7, 255])), 'tensor([  7, 255], dtype=uint8)'],
    [tensor([true, false]), 'tensor([ true, false])'],
    [
      tensor([
        [1, 2],
        [3, 4],
      ]),
      'tensor([[1., 2.],\n        [3., 4.]])',
    ],
    [zeros([2, 1, 2]), 'tensor([[[0., 0.]],\n\n        [[0., 0.]]])'],
    [tensor([]), 'tensor([])'],
    [zeros([0, 3]), 'tensor([], shape=[0, 3])'],
    [zeros([0], { dtype: 'int32' }), 'tensor([], dtype=int32)'],
    [parameter(tensor([1.5])), 'tensor([1.5000], requiresGrad=true)'],
  ])('%#', async (x, text) => {
    expect(await x.toText()).toBe(text)
  })

  test('what is not finite is aligned, too', async () => {
    expect(await tensor([NaN, Infinity, -Infinity, 1]).toText()).toBe('tensor([ nan,  inf, -inf,   1.])')
  })

  test('rows wrap at 80 columns', async () => {
    const lines = (await arange(30).toText()).split('\n')
    expect(lines).toEqual([
      'tensor([ 0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14, 15, 16, 17,',
      '        18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29], dtype=int32)',
    ])
  })

  test('above 1,000 elements only the edges are shown', async () => {
    expect(await arange(1001).toText()).toBe('tensor([   0,    1,    2,  ...,  998,  999, 1000], dtype=int32)')
    expect(await zeros([20, 60]).toText()).toBe(
      [
        'tensor([[0., 0., 0.,  ..., 0., 0., 0.],',
        '        [0., 0., 0.,  ..., 0., 0., 0.],',
        '        [0., 0., 0.,  ..., 0., 0., 0.],',
        '        ...,',
        '        [0., 0., 0.,  ..., 0., 0., 0.],',
        '        [0., 0., 0.,  ..., 0., 0., 0.],',
        '        [0., 0., 0.,  ..., 0., 0., 0.]])',
      ].join('\n'),
    )
  })

  test('a large tensor costs no more than its edges', async () => {
    const start = performance.now()
    await zeros([4000, 1000]).toText()
    expect(performance.now() - start).toBeLessThan(1000)
  })
})

describe('without waiting', () => {
  test('known values are shown, others are announced', async () => {
    const x = tensor([1, 2])
    const y = x.add(1)
    expect(inspect(x)).toBe('tensor([1., 2.])')
    expect(inspect(y)).toBe('Tensor(shape=[2], dtype=float32, not evaluated: await t.data())')
    await y.data()
    expect(String(y)).toBe('tensor([2., 3.])')
    expect(inspect(buffer(x))).toBe('tensor([1., 2.])')
  })
})
