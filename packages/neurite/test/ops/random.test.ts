import { describe, expect, test } from 'vitest'
import { evaluateGraph } from '../../src/backends/reference/index.ts'
import type { Node } from '../../src/graph/node.ts'
import { threefry2x32 } from '../../src/math/threefry.ts'
import * as ops from '../../src/ops/index.ts'

const valuesOf = (node: Node): number[] => [...evaluateGraph([node])[0]!]
const streamOf = (counter: number): ops.RandomStreamNodes => ({
  key0: ops.constant(-7, 'int32'),
  key1: ops.constant(123456789, 'int32'),
  counter: ops.constant(counter, 'int32'),
})
const stream = streamOf(0)
const COUNT = 100_000
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length

describe('random numbers', () => {
  test('bits are the first words of Threefry, by element number', () => {
    const expected = Array.from({ length: 6 }, (_, i) => threefry2x32(-7, 123456789, i + 10, 4)[0] | 0)
    expect(valuesOf(ops.randomBits([2, 3], streamOf(4), 10))).toEqual(expected)
  })

  test('known answers of the reference implementation', () => {
    const all = (value: number): Node => ops.constant(value, 'int32')
    expect(valuesOf(ops.threefry(all(0), all(0), all(0), all(0)))).toEqual([0x6b200159])
    expect(valuesOf(ops.threefry(all(-1), all(-1), all(-1), all(-1)))).toEqual([0x1cb996fc])
    // Key 13198a2e 03707344, counter 243f6a88 85a308d3.
    const digitsOfPi = ops.threefry(all(0x13198a2e), all(0x03707344), all(0x85a308d3 | 0), all(0x243f6a88))
    expect(valuesOf(digitsOfPi)).toEqual([0xc4923a9c | 0])
  })

  test('unitInterval takes the upper 24 bits', () => {
    const bits = ops.data({ data: Int32Array.of(0, 255, 256, -1), shape: [4], dtype: 'int32' })
    expect(valuesOf(ops.unitInterval(bits))).toEqual([0, 0, 2 ** -24, 1 - 2 ** -24])
  })

  test('equal streams give equal numbers, other counters others', () => {
    const draw = (counter: number): number[] => valuesOf(ops.uniform([50], { stream: streamOf(counter) }))
    expect(draw(3)).toEqual(draw(3))
    expect(draw(3).filter((value, i) => value === draw(4)[i])).toEqual([])
  })

  // Bounds of six standard errors: a correct generator fails once in 500 million times, and this one always draws the same.
  test('uniform: mean, variance and range', () => {
    const values = valuesOf(ops.uniform([COUNT], { stream, low: -1, high: 3 }))
    expect(values.every((value) => value >= -1 && value < 3)).toBe(true)
    expect(Math.abs(mean(values) - 1)).toBeLessThan((6 * Math.sqrt(16 / 12)) / Math.sqrt(COUNT))
    const variance = mean(values.map((value) => (value - 1) ** 2))
    expect(Math.abs(variance - 16 / 12)).toBeLessThan((6 * 1.2) / Math.sqrt(COUNT))
  })

  test('normal: mean, variance, kurtosis and no draw used twice', () => {
    const values = valuesOf(ops.normal([COUNT], { stream, mean: 2, standardDeviation: 3 })).map((x) => (x - 2) / 3)
    expect(Math.abs(mean(values))).toBeLessThan(6 / Math.sqrt(COUNT))
    expect(Math.abs(mean(values.map((x) => x * x)) - 1)).toBeLessThan((6 * Math.sqrt(2)) / Math.sqrt(COUNT))
    expect(Math.abs(mean(values.map((x) => x ** 4)) - 3)).toBeLessThan((6 * Math.sqrt(96)) / Math.sqrt(COUNT))
    expect(Math.abs(mean(values.slice(1).map((x, i) => x * values[i]!)))).toBeLessThan(6 / Math.sqrt(COUNT))
    expect(new Set(values).size).toBeGreaterThan(0.99 * COUNT)
  })

  test('bernoulli: as often as asked, never for 0, always for 1', () => {
    const draw = (p: number): number[] => valuesOf(ops.bernoulli(ops.full([COUNT], p), { stream }))
    expect(Math.abs(mean(draw(0.3)) - 0.3)).toBeLessThan((6 * Math.sqrt(0.21)) / Math.sqrt(COUNT))
    expect(draw(0).includes(1)).toBe(false)
    expect(draw(1).includes(0)).toBe(false)
  })

  test('categorical: as often as the logits say, never where one is -Infinity', () => {
    const chances = [0.1, 0.6, 0, 0.3]
    const logits = ops.data({
      data: Float32Array.from(chances, (chance) => Math.log(chance)),
      shape: [1, 4],
      dtype: 'float32',
    })
    const classes = valuesOf(ops.categorical(ops.expand(logits, [COUNT / 5, 4]), { stream }))
    for (const [i, chance] of chances.entries()) {
      const share = classes.filter((value) => value === i).length / classes.length
      const error = Math.sqrt((chance * (1 - chance)) / classes.length)
      expect(Math.abs(share - chance)).toBeLessThanOrEqual(6 * error)
    }
  })

  test('permutation: every number once, each place equally likely', () => {
    const orders = Array.from({ length: 2000 }, (_, i) => valuesOf(ops.permutation(5, { stream: streamOf(i) })))
    for (const order of orders) expect(order.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4])
    for (let place = 0; place < 5; place++) {
      const share = mean(orders.map((order) => Number(order[place] === 0)))
      expect(Math.abs(share - 0.2)).toBeLessThan((6 * 0.4) / Math.sqrt(2000))
    }
    expect(valuesOf(ops.permutation(0, { stream }))).toEqual([])
  })
})
