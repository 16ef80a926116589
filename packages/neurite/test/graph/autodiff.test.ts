import { describe, expect, test } from 'vitest'
import { evaluateGraph } from '../../src/backends/reference/index.ts'
import { DTypeError, ShapeError } from '../../src/errors.ts'
import { gradients } from '../../src/graph/autodiff.ts'
import { gradientRecord } from '../../src/graph/autodiff/gradient-record.ts'
import type { CompositeOperation, MapOperation, Node } from '../../src/graph/node.ts'
import { createNode, topologicalOrder, withLabel } from '../../src/graph/node.ts'
import * as ops from '../../src/ops/index.ts'
import { addOperation } from '../../src/ops/add.ts'
import { expOperation } from '../../src/ops/exp.ts'
import { gradientMismatches } from '../support/gradient-check.ts'

function floats(...values: number[]): Node {
  return ops.data({ data: Float32Array.from(values), shape: [values.length], dtype: 'float32' })
}

function valuesOf(node: Node | undefined): number[] {
  return [...evaluateGraph([node!])[0]!]
}

describe('gradients', () => {
  test('every use of a value adds to its gradient', () => {
    const x = floats(1, 2, 3)
    const y = ops.sum(ops.add(ops.mul(x, x), ops.mul(x, 5)))
    expect(valuesOf(gradients(y, [x])[0])).toEqual([7, 9, 11])
  })

  test('of the output itself is the seed, of an intermediate value what flows back to it', () => {
    const x = floats(1, 2)
    const square = ops.mul(x, x)
    const y = ops.mul(square, 3)
    const seed = floats(1, 10)
    const [toOutput, toSquare, toInput] = gradients(y, [y, square, x], { seed })
    expect(toOutput).toBe(seed)
    expect([valuesOf(toSquare), valuesOf(toInput)]).toEqual([
      [3, 30],
      [6, 120],
    ])
  })

  test('are undefined where nothing flows back', () => {
    const [x, unrelated] = [floats(1), floats(2)]
    const whole = ops.cast(x, 'int32')
    const results = [
      ...gradients(ops.sum(x), [unrelated, whole]),
      ...gradients(ops.sum(ops.cast(whole, 'float32')), [x]),
      ...gradients(ops.sum(ops.detach(x)), [x]),
      ...gradients(ops.sum(ops.step(x)), [x]),
      ...gradients(ops.sum(ops.cast(ops.greater(x, 0), 'float32')), [x]),
    ]
    expect(results).toEqual(Array(6).fill(undefined))
  })

  test('detach stops one path and leaves the other', () => {
    const x = floats(2, 3)
    const y = ops.sum(ops.mul(x, ops.detach(x)))
    expect(valuesOf(gradients(y, [x])[0])).toEqual([2, 3])
  })

  test('can be differentiated again, and again', () => {
    const x = floats(2)
    let y = ops.mul(x, ops.mul(x, ops.mul(x, x)))
    for (const expected of [32, 48, 48, 24]) {
      y = gradients(ops.sum(y), [x])[0]!
      expect(valuesOf(y)).toEqual([expected])
    }
  })

  test('only paths to the wanted nodes are walked', () => {
    const [x, weights] = [floats(1, 2), floats(3, 4)]
    const y = ops.sum(ops.mul(ops.exp(x), weights))
    const [gradient] = gradients(y, [weights])
    const users = topologicalOrder([gradient!]).filter((node) => node.operation === expOperation)
    expect(users.length).toBe(1)
    const seen: Node[] = []
    gradients(y, [weights], { onContribution: (input) => seen.push(input) })
    expect(seen).not.toContain(x)
    expect(seen.at(-1)).toBe(weights)
  })

  test('carry the label of the node whose derivative they are', () => {
    const x = floats(1, 2)
    const y = withLabel('head (Linear)', () => ops.sum(ops.exp(x)))
    expect(gradients(y, [x])[0]!.label).toBe('head (Linear)')
  })

  test('deep graphs do not overflow the stack', () => {
    const x = floats(1)
    let y = x
    for (let i = 0; i < 20_000; i++) y = ops.add(y, x)
    expect(valuesOf(gradients(ops.sum(y), [x])[0])).toEqual([20_001])
  })
})

describe('a composite without a derivative of its own', () => {
  type None = Readonly<Record<never, never>>
  const product: CompositeOperation<None> = {
    kind: 'composite',
    name: 'testProduct',
    infer: ([a]) => ({ shape: a!.shape, dtype: 'float32' }),
    evaluate: ([a, b]) => a!.map((x, i) => x * x * b![i]!),
    lower: ([a, b]) => ops.mul(ops.mul(a!, a!), b!),
  }

  test('is differentiated in its lowered form', () => {
    const mismatches = gradientMismatches({
      inputs: [{ shape: [4] }, { shape: [4] }],
      build: ([a, b]) => createNode(product, [a!, b!], {}),
    })
    expect(mismatches).toEqual([])
  })

  test('also where one input depends on another, or is used twice', () => {
    const mismatches = [
      gradientMismatches({ inputs: [{ shape: [4] }], build: ([a]) => createNode(product, [a!, ops.exp(a!)], {}) }),
      gradientMismatches({ inputs: [{ shape: [4] }], build: ([a]) => createNode(product, [ops.exp(a!), a!], {}) }),
      gradientMismatches({ inputs: [{ shape: [4] }], build: ([a]) => createNode(product, [a!, a!], {}) }),
    ]
    expect(mismatches.flat()).toEqual([])
  })
})

describe('mistakes', () => {
  const matrix = ops.input({ index: 0, shape: [2, 2], dtype: 'float32' })

  test('an output of several elements needs a seed', () => {
    expect(() => gradients(matrix, [matrix])).toThrow(ShapeError)
    expect(() => gradients(matrix, [matrix])).toThrow(/shape \[2, 2\][^]*loss\.mean\(\)/)
  })

  test('the seed has the shape of the output', () => {
    expect(() => gradients(matrix, [matrix], { seed: ops.constant(1) })).toThrow(/the gradient has shape \[\]/)
  })

  test('integers have no gradient', () => {
    expect(() => gradients(ops.constant(1, 'int32'), [])).toThrow(DTypeError)
  })

  test('a derivative of the wrong shape names its operation', () => {
    const broken: MapOperation<object> = { ...expOperation, name: 'broken', derivative: () => [ops.constant(1)] }
    const x = floats(1, 2)
    expect(() => gradients(ops.sum(createNode(broken, [x], {})), [x])).toThrow(/broken: its derivative has shape \[\]/)
  })

  test('the check against differences finds a wrong derivative', () => {
    const wrong: MapOperation<object> = {
      ...expOperation,
      name: 'wrong',
      derivative: ({ node, gradient }) => [ops.mul(gradient, ops.mul(node, 1.001))],
    }
    const mismatches = gradientMismatches({ inputs: [{ shape: [3] }], build: ([x]) => createNode(wrong, [x!], {}) })
    expect(mismatches.filter(({ order }) => order === 1).length).toBe(3)
    expect(mismatches.filter(({ order }) => order === 2).length).toBe(3)
  })
})

test('a gradient record holds every gradient and what it is made of', () => {
  const x = floats(3)
  const doubled = ops.mul(x, 2)
  const y = ops.add(ops.mul(doubled, x), doubled)
  const record = gradientRecord(y, [x])
  expect([...record.keys()][0]).toBe(y)
  expect(valuesOf(record.get(x)!.gradient)).toEqual([14])
  expect(
    record
      .get(x)!
      .contributions.map(({ value }) => valuesOf(value)[0])
      .sort((a, b) => a! - b!),
  ).toEqual([6, 8])
  const toDoubled = record.get(doubled)!.contributions
  expect(toDoubled.map(({ consumer, inputIndex }) => [consumer.operation.name, inputIndex])).toEqual([
    ['add', 1],
    ['mul', 0],
  ])
  expect(toDoubled.map(({ value }) => valuesOf(value))).toEqual([[1], [3]])
  expect(record.get(y)!.contributions).toEqual([])
  expect(toDoubled[0]!.consumer.operation).toBe(addOperation)
})
