import { describe, expect, test } from 'vitest'
import { ArgumentError, DTypeError, ones, tensor, zeros } from '../../src/index.ts'

// Types catch these in the editor; from JavaScript a misspelt option must not give other numbers without a word.
describe('an option that does not exist is refused', () => {
  const x = ones([2, 3])
  const cases: Record<string, () => unknown> = {
    sum: () => x.sum(0, { keepDims: true } as never),
    variance: () => x.variance(0, { unbiased: false } as never),
    argmax: () => x.argmax(0, { keepdim: true } as never),
    any: () => x.any(0, { keepDims: true } as never),
    topk: () => x.topk(1, { dim: 0 } as never),
    sort: () => x.sort({ dim: 0 } as never),
    argsort: () => x.argsort({ dim: 0 } as never),
    leakyRelu: () => x.leakyRelu({ slope: 0.1 } as never),
    elu: () => x.elu({ a: 1 } as never),
    gelu: () => x.gelu({ approximation: 'tanh' } as never),
    step: () => x.step({ limit: 1 } as never),
    tensor: () => tensor([1], { dtypes: 'int32' } as never),
    full: () => zeros([1], { type: 'int32' } as never),
  }
  test.each(Object.entries(cases))('%s', (name, call) => {
    expect(call).toThrow(ArgumentError)
    expect(call).toThrow(`${name}: there is no option`)
  })

  test('variance keeps its own options', async () => {
    const result = tensor([[1, 3]]).variance(1, { keepDim: true, correction: 0 })
    expect(await result.toArray()).toEqual([[1]])
  })

  test.each([['1'], [[1, 2]], [undefined], [null]])('an operand that is no tensor: %j', (operand) => {
    expect(() => x.add(operand as never)).toThrow(/expected: a tensor/)
    expect(() => x.matmul(operand as never)).toThrow(ArgumentError)
  })

  test('a dtype that does not exist', () => {
    expect(() => x.to('int64' as never)).toThrow(DTypeError)
  })
})
