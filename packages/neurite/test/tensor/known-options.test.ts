import { beforeEach, describe, expect, test } from 'vitest'
import {
  ArgumentError,
  bernoulli,
  categorical,
  compile,
  type Device,
  DTypeError,
  grad,
  IndexOutOfRangeError,
  init,
  Linear,
  ones,
  parameter,
  rand,
  randint,
  randn,
  randperm,
  SGD,
  tensor,
  zeros,
} from '../../src/index.ts'

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
    pad: () => x.pad({ before: [0, 0], after: [0, 0], val: 1 } as never),
    rand: () => rand([2], { seed: 1 } as never),
    randn: () => randn([2], { std: 1 } as never),
    randint: () => randint(0, 2, [2], { seed: 1 } as never),
    randperm: () => randperm(2, { seed: 1 } as never),
    bernoulli: () => bernoulli(x, { seed: 1 } as never),
    categorical: () => categorical(x, { seed: 1 } as never),
    backward: () =>
      parameter(x)
        .sum()
        .backward({ retain: true } as never),
    grad: () => grad(parameter(x).sum(), [], { retain: true } as never),
    compile: () => compile(() => x, { keepGrads: true } as never),
    init: () => init({ thread: 1 } as never),
    Linear: () => new Linear(2, 3, { Bias: false } as never),
    'SGD.step': () => new SGD([parameter(x)]).step({ onlyif: ones([]) } as never),
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

  test('axes and sizes of another kind', () => {
    expect(() => x.sum('0' as never)).toThrow(IndexOutOfRangeError)
    expect(() => x.sum({ axis: 0 } as never)).toThrow(/sum: axis .* does not exist/)
    expect(() => x.pad([1, 1] as never)).toThrow(/there is no option '0'/)
    expect(() => x.pad({ before: [1, 1] } as never)).toThrow(/after \[undefined\]/)
    expect(() => x.pad({ before: 1, after: 1 } as never)).toThrow(/2 whole numbers each/)
  })

  test('a dtype that does not exist', () => {
    expect(() => x.to('int64' as never)).toThrow(DTypeError)
  })
})

describe.each<Device>(['wasm', 'reference'])('oneHot of what is no class, on %s', (device) => {
  beforeEach(() => init({ device }))
  test.each([-1, 3])('%i', async (place) => {
    const classes = tensor([0, place, 2], { dtype: 'int32' }).oneHot(3)
    await expect(classes.data()).rejects.toThrow(`index ${place} `)
    await expect(classes.data()).rejects.toBeInstanceOf(IndexOutOfRangeError)
  })
})
