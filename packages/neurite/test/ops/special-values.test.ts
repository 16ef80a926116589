import { describe, expect, test } from 'vitest'
import { evaluateGraph } from '../../src/backends/reference/index.ts'
import { gradients } from '../../src/graph/autodiff.ts'
import { lower } from '../../src/graph/lower.ts'
import type { DType, Node, Shape } from '../../src/graph/node.ts'
import * as ops from '../../src/ops/index.ts'

const inf = Infinity

function floats(values: readonly number[], shape: Shape = [values.length]): Node {
  return ops.data({ data: Float32Array.from(values), shape, dtype: 'float32' })
}

function integers(values: readonly number[], dtype: DType = 'int32'): Node {
  const data = dtype === 'int32' ? Int32Array.from(values) : Uint8Array.from(values)
  return ops.data({ data, shape: [values.length], dtype })
}

/** The values of a node, computed by the definition and by the lowered form, which must agree to float64 rounding. */
function valuesOf(node: Node): number[] {
  const [direct, lowered] = evaluateGraph([node, ...lower([node])])
  for (const [i, x] of lowered!.entries()) {
    if (Object.is(x, direct![i])) continue
    expect(Math.abs(x - direct![i]!), `element ${i}: ${x}, by definition ${direct![i]}`).toBeLessThanOrEqual(1e-12)
  }
  return [...direct!]
}

function gradientOf(build: (x: Node) => Node, values: readonly number[], shape?: Shape): number[] {
  const x = floats(values, shape)
  const [gradient] = gradients(ops.sum(build(x)), [x])
  return [...evaluateGraph([gradient!])[0]!]
}

const HARD = [NaN, inf, -inf, 0, -0]

describe('NaN, infinities and signed zeros', () => {
  test.each<[string, (x: Node) => Node, number[]]>([
    ['abs', ops.abs, [NaN, inf, inf, 0, 0]],
    ['sign', ops.sign, [NaN, 1, -1, 0, 0]],
    ['sqrt', ops.sqrt, [NaN, inf, NaN, 0, -0]],
    ['exp', ops.exp, [NaN, inf, 0, 1, 1]],
    ['log', ops.log, [NaN, inf, NaN, -inf, -inf]],
    ['sigmoid', ops.sigmoid, [NaN, 1, 0, 0.5, 0.5]],
    ['tanh', ops.tanh, [NaN, 1, -1, 0, -0]],
    ['erf', ops.erf, [NaN, 1, -1, 0, -0]],
    ['softplus', ops.softplus, [NaN, inf, 0, Math.LN2, Math.LN2]],
    ['step', ops.step, [NaN, 1, 0, 1, 1]],
    ['elu', (x) => ops.elu(x), [NaN, inf, -1, 0, -0]],
    ['clamp', (x) => ops.clamp(x, { min: -1, max: 2 }), [NaN, 2, -1, 0, -0]],
    ['isNaN', ops.isNaN, [1, 0, 0, 0, 0]],
    ['reciprocal', ops.reciprocal, [NaN, 0, -0, inf, -inf]],
  ])('%s', (_, build, expected) => {
    expect(valuesOf(build(floats(HARD)))).toEqual(expected)
  })

  test('relu keeps NaN and gives 0 for both zeros', () => {
    expect(valuesOf(ops.relu(floats([NaN, inf, -inf, 0])))).toEqual([NaN, inf, 0, 0])
  })

  test('maximum, minimum, max and min propagate NaN', () => {
    const a = floats([NaN, 1, 2])
    const b = floats([0, NaN, 1])
    expect(valuesOf(ops.maximum(a, b))).toEqual([NaN, NaN, 2])
    expect(valuesOf(ops.minimum(a, b))).toEqual([NaN, NaN, 1])
    const x = floats([1, NaN, 3, 4], [2, 2])
    expect(valuesOf(ops.max(x, { axes: 1 }))).toEqual([NaN, 4])
    expect(valuesOf(ops.min(x, { axes: 1 }))).toEqual([NaN, 3])
  })

  test('comparisons with NaN are false, but notEqual', () => {
    const x = floats([NaN])
    const values = [ops.equal, ops.less, ops.lessEqual, ops.greater, ops.greaterEqual].map((f) => valuesOf(f(x, x))[0])
    expect(values).toEqual([0, 0, 0, 0, 0])
    expect(valuesOf(ops.notEqual(x, x))).toEqual([1])
  })

  test('pow follows IEEE 754', () => {
    const base = floats([1, 1, -1, 0, 0, -8, 2, NaN, 0])
    const exponent = floats([NaN, inf, inf, 0, -1, 1 / 3, -inf, 0, 2])
    expect(valuesOf(ops.pow(base, exponent))).toEqual([1, 1, 1, 1, inf, NaN, 0, 1, 0])
  })

  test('round takes halves to even', () => {
    expect(valuesOf(ops.round(floats([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 2.4, 2.6])))).toEqual([
      -2, -2, -0, 0, 2, 2, 2, 3,
    ])
  })
})

describe('rows with infinities', () => {
  test('logSumExp', () => {
    const x = floats([-inf, -inf, inf, 0, 1000, 1000, NaN, 1, -inf, 2], [5, 2])
    expect(valuesOf(ops.logSumExp(x, { axes: 1 }))).toEqual([-inf, inf, 1000 + Math.LN2, NaN, 2])
    expect(gradientOf((y) => ops.logSumExp(y, { axes: 1 }), [-inf, -inf, -inf, 2], [2, 2])).toEqual([0, 0, 0, 1])
  })

  test('softmax and logSoftmax do not overflow', () => {
    const x = floats([1000, 1000, -inf, 0, -inf, -inf], [3, 2])
    expect(valuesOf(ops.softmax(x, 1))).toEqual([0.5, 0.5, 0, 1, NaN, NaN])
    expect(valuesOf(ops.logSoftmax(x, 1))).toEqual([-Math.LN2, -Math.LN2, -inf, 0, NaN, NaN])
  })

  test('empty reductions', () => {
    const x = floats([], [2, 0])
    expect(valuesOf(ops.sum(x, { axes: 1 }))).toEqual([0, 0])
    expect(valuesOf(ops.prod(x, { axes: 1 }))).toEqual([1, 1])
    expect(valuesOf(ops.mean(x, { axes: 1 }))).toEqual([NaN, NaN])
    expect(valuesOf(ops.variance(x, { axes: 1 }))).toEqual([NaN, NaN])
    expect(valuesOf(ops.logSumExp(x, { axes: 1 }))).toEqual([-inf, -inf])
  })
})

describe('gradients at kinks and ties', () => {
  test.each<[string, (x: Node) => Node, number[], number[]]>([
    ['relu at 0', ops.relu, [-1, 0, 1], [0, 0, 1]],
    ['abs at 0', ops.abs, [-1, 0, 1], [-1, 0, 1]],
    ['leakyRelu at 0', (x) => ops.leakyRelu(x), [0, 1], [0.01, 1]],
    ['clamp at its limits', (x) => ops.clamp(x, { min: 0, max: 1 }), [-1, 0, 0.5, 1, 2], [0, 1, 1, 1, 0]],
    ['max among ties', (x) => ops.max(x), [1, 3, 3, 2], [0, 0.5, 0.5, 0]],
    ['min among ties', (x) => ops.min(x), [1, 3, 1, 1], [1 / 3, 0, 1 / 3, 1 / 3]],
    ['maximum with itself', (x) => ops.maximum(x, x), [1, 2], [1, 1]],
    ['maximum with a tie', (x) => ops.maximum(x, 1), [0, 1, 2], [0, 0.5, 1]],
    ['minimum with a tie', (x) => ops.minimum(x, 1), [0, 1, 2], [1, 0.5, 0]],
    ['prod with one zero', (x) => ops.prod(x), [2, 0, 3], [0, 6, 0]],
    ['prod with two zeros', (x) => ops.prod(x), [2, 0, 0], [0, 0, 0]],
    ['x^0 at 0', (x) => ops.pow(x, 0), [0, 1], [0, 0]],
    ['sqrt at 0', ops.sqrt, [0, 4], [inf, 0.25]],
  ])('%s', (_, build, values, expected) => {
    expect(gradientOf(build, values)).toEqual(expected)
  })

  test('0^y has gradient 0 in y, also where log(0) is infinite', () => {
    const y = floats([2, 0])
    const [gradient] = gradients(ops.sum(ops.pow(floats([0, 0]), y)), [y])
    expect([...evaluateGraph([gradient!])[0]!]).toEqual([0, 0])
  })
})

describe('dtypes', () => {
  test('promotion and results', () => {
    const [b, u, i, f] = [integers([1], 'bool'), integers([3], 'uint8'), integers([2]), floats([0.5])]
    expect([ops.add(b, u), ops.add(u, i), ops.add(i, f), ops.add(b, b), ops.mul(u, u)].map((x) => x.dtype)).toEqual([
      'int32',
      'int32',
      'float32',
      'int32',
      'int32',
    ])
    expect([ops.div(i, i), ops.exp(i), ops.equal(i, f), ops.logicalAnd(i, f)].map((x) => x.dtype)).toEqual([
      'float32',
      'float32',
      'bool',
      'bool',
    ])
    expect([ops.add(i, 1), ops.add(i, 1.5), ops.mul(f, 2), ops.sub(2, u)].map((x) => x.dtype)).toEqual([
      'int32',
      'float32',
      'float32',
      'int32',
    ])
    expect([ops.sum(b), ops.sum(u), ops.max(u), ops.argmax(b), ops.floor(i)].map((x) => x.dtype)).toEqual([
      'int32',
      'int32',
      'uint8',
      'int32',
      'int32',
    ])
  })

  test('int32 arithmetic wraps', () => {
    const big = integers([2147483647, -2147483648])
    expect(valuesOf(ops.add(big, 1))).toEqual([-2147483648, -2147483647])
    expect(valuesOf(ops.mul(big, 2147483647))).toEqual([1, -2147483648])
    expect(valuesOf(ops.neg(big))).toEqual([-2147483647, -2147483648])
    expect(valuesOf(ops.sum(integers([2147483647, 1])))).toEqual([-2147483648])
    expect(valuesOf(ops.pow(integers([3, -2]), 5))).toEqual([243, -32])
  })

  test('casts cut off, clip and wrap', () => {
    const x = floats([2.9, -2.9, 3e9, -3e9, NaN, 300])
    expect(valuesOf(ops.cast(x, 'int32'))).toEqual([2, -2, 2147483647, -2147483648, 0, 300])
    expect(valuesOf(ops.cast(x, 'uint8'))).toEqual([2, 254, 255, 0, 0, 44])
    expect(valuesOf(ops.cast(floats([0, -0, 0.1, NaN]), 'bool'))).toEqual([0, 0, 1, 1])
  })
})
