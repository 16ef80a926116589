import { describe, expect, test } from 'vitest'
import { evaluateGraph, toHostArray } from '../../src/backends/reference/index.ts'
import { gradients } from '../../src/graph/autodiff.ts'
import { dump } from '../../src/graph/dump.ts'
import { lower } from '../../src/graph/lower.ts'
import type { DType, Node, Shape } from '../../src/graph/node.ts'
import { createNode, topologicalOrder, withLabel } from '../../src/graph/node.ts'
import { simplify } from '../../src/graph/simplify.ts'
import { castOperation } from '../../src/ops/cast.ts'
import * as ops from '../../src/ops/index.ts'
import { reshapeOperation } from '../../src/ops/reshape.ts'

const leaf = (shape: Shape, dtype: DType = 'float32', index = 0): Node => ops.binding({ index, type: { shape, dtype } })
const x = leaf([2, 3])
const column = leaf([2, 1], 'float32', 1)
const whole = leaf([4], 'int32', 2)
const truth = leaf([4], 'bool', 3)

const one = (node: Node): Node => simplify([node])[0]!
const names = (...roots: Node[]): string[] => topologicalOrder(roots).map((node) => node.operation.name)

describe('gives back the input', () => {
  test.each<[string, Node, Node]>([
    ['x * 1', ops.mul(x, 1), x],
    ['1 * x', ops.mul(1, x), x],
    ['x / 1', ops.div(x, 1), x],
    ['x - 0', ops.sub(x, 0), x],
    ['x + -0', ops.add(x, -0), x],
    ['integers + 0', ops.add(whole, 0), whole],
    ['- - x', ops.neg(ops.neg(x)), x],
    ['detach', ops.detach(x), x],
    ['a cast to the same dtype', createNode(castOperation, [x], { dtype: 'float32' }), x],
    ['bool to int32 to bool', ops.cast(ops.cast(truth, 'int32'), 'bool'), truth],
    ['reshape there and back', ops.reshape(ops.reshape(x, [6]), [2, 3]), x],
    ['reshape to the same shape', createNode(reshapeOperation, [x], { shape: [2, 3] }), x],
    ['permute there and back', ops.permute(ops.permute(x, [1, 0]), [1, 0]), x],
    ['an identical permutation', ops.permute(x, [0, 1]), x],
    ['a sum over size 1', ops.sum(column, { axes: 1, keepDim: true }), column],
    ['where with equal branches', ops.where(truth, whole, whole), whole],
    ['where that is always true', ops.where(ops.full([4], 1, 'bool'), whole, 7), whole],
    ['where that is never true', ops.where(ops.full([4], 0, 'bool'), 7, whole), whole],
  ])('%s', (_, node, expected) => {
    expect(one(node)).toBe(expected)
  })
})

describe('keeps what may change a bit', () => {
  test.each<[string, Node]>([
    ['x + 0 (it turns -0 into 0)', ops.add(x, 0)],
    ['x * 0 (x may be NaN)', ops.mul(x, 0)],
    ['0 - x (it is 0 where -x is -0)', ops.sub(0, x)],
    ['float32 to int32 to float32', ops.cast(ops.cast(x, 'int32'), 'float32')],
    ['x != x (x may be NaN)', ops.notEqual(x, x)],
    ['exp of a constant (its last bit is the backend’s)', ops.exp(ops.constant(1))],
    ['(x + 1) + 1', ops.add(ops.add(x, 1), 1)],
  ])('%s', (_, node) => {
    expect(names(one(node)).filter((name) => name === node.operation.name)).toContain(node.operation.name)
    expect(one(node).operation).toBe(node.operation)
  })
})

test('equal nodes become one, whatever the order of a sum or product', () => {
  const again = leaf([2, 3])
  const [a, b] = simplify([ops.mul(ops.exp(x), x), ops.mul(again, ops.exp(again))])
  expect(a).toBe(b)
  const different = simplify([ops.sum(x, { axes: 0 }), ops.sum(x, { axes: 1 }), ops.sub(x, column), ops.sub(column, x)])
  expect(new Set(different).size).toBe(4)
})

test('0 and -0 are different constants, and so are equal host scalars', () => {
  const [a, b, c, d] = simplify([ops.constant(0), ops.constant(-0), ops.scalar({ value: 1 }), ops.scalar({ value: 1 })])
  expect([a === b, c === d]).toEqual([false, false])
  const shared = { value: 1 }
  const [e, f] = simplify([ops.scalar(shared), ops.scalar(shared)])
  expect(e).toBe(f)
})

test('arithmetic on constants is done in float32', () => {
  const sum = one(ops.add(ops.full([2, 3], 0.1), 0.2))
  expect(names(sum)).toEqual(['constant', 'reshape', 'expand'])
  expect(evaluateGraph([sum])[0]![0]).toBe(Math.fround(Math.fround(0.1) + Math.fround(0.2)))
  const wrapped = one(ops.mul(ops.constant(2147483647, 'int32'), 3))
  expect(wrapped.attributes).toEqual({ value: 2147483645, dtype: 'int32' })
})

test('chains of views become one', () => {
  const cube = leaf([2, 3, 4])
  expect(names(one(ops.reshape(ops.reshape(cube, [6, 4]), [24])))).toEqual(['binding', 'reshape'])
  const turned = one(ops.permute(ops.permute(cube, [1, 2, 0]), [1, 2, 0]))
  expect([names(turned), turned.shape]).toEqual([
    ['binding', 'permute'],
    [4, 2, 3],
  ])
  expect(names(one(ops.expand(ops.expand(leaf([1, 1]), [1, 3]), [2, 3])))).toEqual(['binding', 'expand'])
})

test('a whole training graph keeps its float32 values, loses nodes, and keeps its labels', () => {
  const [input, weight, target] = [leaf([4, 5]), leaf([5, 3], 'float32', 1), leaf([4, 3], 'float32', 2)]
  const logits = withLabel('head (Linear)', () => ops.matmul(ops.gelu(input), weight))
  const loss = ops.neg(ops.mean(ops.sum(ops.mul(ops.logSoftmax(logits, 1), target), { axes: 1 })))
  const roots = [loss, ...gradients(loss, [weight, input]).map((node) => node!)]
  const lowered = lower(roots)
  const simple = simplify(lowered)
  expect(topologicalOrder(simple).length).toBeLessThanOrEqual(topologicalOrder(lowered).length * 0.8)
  expect(simplify(simple)).toEqual(simple)
  const values = [20, 15, 12].map((n, seed) => Float64Array.from({ length: n }, (_, i) => Math.sin(i * 7 + seed)))
  const environment = { binding: (index: number) => values[index]! }
  const before = evaluateGraph(roots, environment)
  for (const [i, after] of evaluateGraph(simple, environment).entries()) {
    for (const [j, value] of after.entries()) expect(value).toBeCloseTo(before[i]![j]!, 6)
    expect(toHostArray(after, 'float32').length).toBe(before[i]!.length)
  }
  expect(dump(simple)).toContain('# head (Linear)')
})

test('a dump lists each node once, in order, with its attributes, type and label', () => {
  const a = leaf([2, 3])
  const b = withLabel('hidden (ReLU)', () => ops.leakyRelu(a, { negativeSlope: 0.1 }))
  expect(dump([ops.sum(b, { axes: 1, keepDim: true }), b])).toBe(
    [
      '%0 = binding {index: 0}                 float32 [2, 3]',
      '%1 = leakyRelu %0 {negativeSlope: 0.1}  float32 [2, 3]  # hidden (ReLU)',
      '%2 = sum %1 {axes: [1]}                 float32 [2, 1]',
      '-> %2, %1',
    ].join('\n'),
  )
})
