import { afterAll, describe, expectTypeOf, test } from 'vitest'
import { compile, full, init, tensor, type Tensor, zeros } from '../../src/index.ts'
import type {
  Append,
  Broadcast,
  ButLast,
  Fits,
  Last,
  LastFits,
  MatrixProduct,
  ReplaceLast,
  ShapeMismatch,
} from '../../src/index.ts'

// Types are checked by `npm run types`; at run time these tests only record graphs.
const known = zeros([32, 784])
const unknownRank: Tensor = known
const partlyKnown: Tensor<[number, 784]> = known
const bias = zeros([784])
const record = (fn: () => unknown): void => void fn

// What was called here has run before the file ends.
afterAll(() => init())

describe('creation', () => {
  test('shapes and dtypes follow from the arguments', () => {
    expectTypeOf(zeros([2, 3])).toEqualTypeOf<Tensor<[2, 3], 'float32'>>()
    expectTypeOf(full([2], 1, { dtype: 'int32' })).toEqualTypeOf<Tensor<[2], 'int32'>>()
    expectTypeOf(zeros([Number('3'), 4])).toEqualTypeOf<Tensor<[number, 4], 'float32'>>()
    expectTypeOf(zeros([] as number[])).toEqualTypeOf<Tensor<number[], 'float32'>>()
    expectTypeOf(tensor(1).shape).toEqualTypeOf<[]>()
    expectTypeOf(tensor([1, 2, 3]).shape).toEqualTypeOf<[3]>()
    expectTypeOf(
      tensor([
        [1, 2],
        [3, 4],
      ]).shape,
    ).toEqualTypeOf<[2, 2]>()
    expectTypeOf(tensor(new Float32Array(4)).shape).toEqualTypeOf<[number]>()
    expectTypeOf(tensor(new Float32Array(4), { shape: [2, 2] }).shape).toEqualTypeOf<[2, 2]>()
  })

  test('data has the typed array of the dtype', () => {
    expectTypeOf(known.data()).resolves.toEqualTypeOf<Float32Array>()
    expectTypeOf(known.to('int32').data()).resolves.toEqualTypeOf<Int32Array>()
    expectTypeOf(known.greater(0).data()).resolves.toEqualTypeOf<Uint8Array>()
  })
})

describe('assignability', () => {
  test('a known shape passes where less is asked for', () => {
    expectTypeOf(known).toExtend<Tensor>()
    expectTypeOf(known).toExtend<Tensor<[number, 784]>>()
    expectTypeOf(known).toExtend<Tensor<readonly [32, number]>>()
    expectTypeOf(known).not.toExtend<Tensor<[32, 10]>>()
    expectTypeOf(known).not.toExtend<Tensor<[32, 784], 'int32'>>()
    expectTypeOf(unknownRank).not.toExtend<Tensor<[32, 784]>>()
  })
})

describe('arithmetic', () => {
  test('numbers and functions keep the shape', () => {
    expectTypeOf(known.mul(2)).toEqualTypeOf<Tensor<[32, 784], 'float32'>>()
    expectTypeOf(known.exp().relu().neg().softmax(1)).toEqualTypeOf<Tensor<[32, 784], 'float32'>>()
  })

  test('known shapes broadcast', () => {
    expectTypeOf(known.add(bias).shape).toEqualTypeOf<[32, 784]>()
    expectTypeOf(bias.add(known).shape).toEqualTypeOf<[32, 784]>()
    expectTypeOf(zeros([3, 1]).mul(zeros([4])).shape).toEqualTypeOf<[3, 4]>()
    expectTypeOf(zeros([]).sub(known).shape).toEqualTypeOf<[32, 784]>()
    expectTypeOf(known.greater(bias)).toEqualTypeOf<Tensor<[32, 784], 'bool'>>()
  })

  test('partly known shapes broadcast as far as they are known', () => {
    record(() => {
      expectTypeOf(partlyKnown.add(bias).shape).toEqualTypeOf<[number, 784]>()
      expectTypeOf(partlyKnown.add(known).shape).toEqualTypeOf<[32, 784]>()
      expectTypeOf(partlyKnown.add(unknownRank).shape).toEqualTypeOf<readonly number[]>()
      expectTypeOf(unknownRank.add(known).shape).toEqualTypeOf<readonly number[]>()
    })
  })

  test('shapes that do not fit are errors', () => {
    record(() => {
      // @ts-expect-error 784 and 10 do not broadcast
      known.add(zeros([10]))
      // @ts-expect-error 2 and 3 do not broadcast
      zeros([2, 1]).mul(zeros([3, 4]).add(zeros([2, 4])))
      // @ts-expect-error [number, 784] and [number, 10]
      partlyKnown.sub(zeros([32, 10]))
    })
  })
})

describe('movement and reduction', () => {
  test('what follows from the arguments is known', () => {
    expectTypeOf(known.reshape([16, 2, 784]).shape).toEqualTypeOf<[16, 2, 784]>()
    expectTypeOf(known.reshape([-1, 784]).shape).toEqualTypeOf<[number, 784]>()
    expectTypeOf(known.t().shape).toEqualTypeOf<[784, 32]>()
    expectTypeOf(known.sum()).toEqualTypeOf<Tensor<[], 'float32'>>()
    expectTypeOf(known.mean().shape).toEqualTypeOf<[]>()
    expectTypeOf(known.sum(0).shape).toEqualTypeOf<readonly number[]>()
    expectTypeOf(known.argmax().dtype).toEqualTypeOf<'int32'>()
    expectTypeOf(zeros([5], { dtype: 'int32' }).oneHot(10).shape).toEqualTypeOf<[5, 10]>()
  })
})

describe('matrix products', () => {
  test('of known, partly known and unknown shapes', () => {
    expectTypeOf(known.matmul(zeros([784, 10])).shape).toEqualTypeOf<[32, 10]>()
    expectTypeOf(zeros([2, 32, 784]).matmul(zeros([784, 10])).shape).toEqualTypeOf<[2, 32, 10]>()
    record(() => {
      expectTypeOf(partlyKnown.matmul(zeros([784, 10])).shape).toEqualTypeOf<[number, 10]>()
      expectTypeOf(unknownRank.matmul(zeros([784, 10])).shape).toEqualTypeOf<readonly number[]>()
      expectTypeOf(known.matmul(unknownRank).shape).toEqualTypeOf<readonly number[]>()
      // @ts-expect-error 784 is not 100
      known.matmul(zeros([100, 10]))
      // @ts-expect-error 784 is not 32
      partlyKnown.matmul(known)
    })
  })
})

describe('helpers for layers', () => {
  test('Fits lets pass what is not known', () => {
    expectTypeOf<Fits<784, 784>>().toEqualTypeOf<true>()
    expectTypeOf<Fits<784, 10>>().toEqualTypeOf<false>()
    expectTypeOf<Fits<number, 10>>().toEqualTypeOf<true>()
    expectTypeOf<Fits<784, number>>().toEqualTypeOf<true>()
  })

  test('Last, ButLast, ReplaceLast and Append', () => {
    expectTypeOf<Last<[2, 3]>>().toEqualTypeOf<3>()
    expectTypeOf<Last<[number]>>().toEqualTypeOf<number>()
    expectTypeOf<Last<readonly number[]>>().toEqualTypeOf<number>()
    expectTypeOf<ButLast<[2, 3]>>().toEqualTypeOf<[2]>()
    expectTypeOf<ReplaceLast<[2, 3], 5>>().toEqualTypeOf<[2, 5]>()
    expectTypeOf<ReplaceLast<readonly number[], 5>>().toEqualTypeOf<number[]>()
    expectTypeOf<Append<[2], 5>>().toEqualTypeOf<[2, 5]>()
    expectTypeOf<Append<readonly number[], 5>>().toEqualTypeOf<number[]>()
  })

  test('LastFits names both sizes', () => {
    expectTypeOf<LastFits<[32, 784], 784>>().toEqualTypeOf<unknown>()
    expectTypeOf<LastFits<readonly number[], 784>>().toEqualTypeOf<unknown>()
    expectTypeOf<LastFits<[32, 10], 784>>().toEqualTypeOf<
      ShapeMismatch<'expected a last dimension of 784, got [32, 10]'>
    >()
  })

  test('Broadcast and MatrixProduct', () => {
    expectTypeOf<Broadcast<[2, 3], [2, 3]>>().toEqualTypeOf<[2, 3]>()
    expectTypeOf<Broadcast<[5, 1, 3], [4, 1]>>().toEqualTypeOf<[5, 4, 3]>()
    expectTypeOf<MatrixProduct<[number, 3], [3, 4]>>().toEqualTypeOf<[number, 4]>()
  })
})

describe('compile', () => {
  test('keeps types; a scalar may be given as a number', () => {
    const step = compile((x: Tensor<[number, 784]>, rate: Tensor<[]>, mode: 'a' | 'b') => ({
      y: x.mul(rate),
      mode,
    }))
    record(() => {
      expectTypeOf(step(known, 0.1, 'a')).toEqualTypeOf<{ y: Tensor<[number, 784]>; mode: 'a' | 'b' }>()
      expectTypeOf(step(known, tensor(0.1), 'b').mode).toEqualTypeOf<'a' | 'b'>()
      // @ts-expect-error a tensor of another size
      step(zeros([32, 10]), 0.1, 'a')
      // @ts-expect-error a number where a tensor is needed
      step(1, 0.1, 'a')
    })
  })
})
