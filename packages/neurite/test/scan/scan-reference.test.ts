/** Scan in float64: values against plain loops, first and second derivatives against central differences. */
import { describe, expect, test } from 'vitest'
import { binding, scan, add, mul } from '../../src/ops/index.ts'
import { evaluateAt, gradientMismatches } from '../support/gradient-check.ts'
import { scanCases } from './cases.ts'

describe('gradients of the first and second order', () => {
  for (const item of scanCases) {
    test(`${item.name}, in float64`, () => {
      expect(gradientMismatches(item)).toEqual([])
    })
  }
})

describe('values', () => {
  const x = binding({ index: 0, type: { shape: [3], dtype: 'float32' } })
  const s = binding({ index: 1, type: { shape: [], dtype: 'float32' } })
  const values = [Float64Array.of(1, 2, 3), Float64Array.of(10)]
  const loop = (reverse: boolean) =>
    scan(([c], [p]) => ({ carries: [add(mul(c!, 2), p!)], outputs: [mul(c!, p!)] }), {
      carries: [s],
      sequences: [x],
      reverse,
    })

  test('forwards', () => {
    const { carries, stacks, outputs } = loop(false)
    expect([...evaluateAt(carries[0]!, values)]).toEqual([91])
    expect([...evaluateAt(stacks[0]!, values)]).toEqual([21, 44, 91])
    expect([...evaluateAt(outputs[0]!, values)]).toEqual([10, 42, 132])
  })

  test('backwards', () => {
    const { carries, stacks, outputs } = loop(true)
    expect([...evaluateAt(carries[0]!, values)]).toEqual([97])
    expect([...evaluateAt(stacks[0]!, values)]).toEqual([97, 48, 23])
    expect([...evaluateAt(outputs[0]!, values)]).toEqual([48, 46, 30])
  })
})
