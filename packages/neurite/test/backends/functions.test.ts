import { describe, expect, test, vi } from 'vitest'
import { FunctionBuilder } from '../../src/backends/wasm/assembler.ts'
import { elementaryFunctions, emitPow } from '../../src/backends/wasm/functions/elementary-functions.ts'
import type { ElementaryFunctionName } from '../../src/backends/wasm/functions/elementary-functions.ts'
import { f32x4, V128 } from '../../src/backends/wasm/opcodes.ts'
import { erf } from '../../src/math/erf.ts'
import { compileKernel, sweep, ulpError } from './functions-support.ts'
import type { Kernel, WorstCase } from './functions-support.ts'

const LIMIT = 2
const SMALLEST = 2 ** -149
const LARGEST = (2 - 2 ** -23) * 2 ** 127

const oracles: Record<ElementaryFunctionName, (x: number) => number> = {
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  sin: (x) => (Math.abs(x) <= 2 ** 31 ? Math.sin(x) : NaN),
  cos: (x) => (Math.abs(x) <= 2 ** 31 ? Math.cos(x) : NaN),
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  erf,
}

/** Exact results, signs of zeros included. */
const special: Record<ElementaryFunctionName, readonly (readonly [x: number, result: number])[]> = {
  exp: [
    [0, 1],
    [-0, 1],
    [Infinity, Infinity],
    [-Infinity, 0],
    [NaN, NaN],
    [88.73, Infinity],
    [-103.9, SMALLEST],
    [-104.5, 0],
    [SMALLEST, 1],
  ],
  expm1: [
    [0, 0],
    [-0, -0],
    [Infinity, Infinity],
    [-Infinity, -1],
    [NaN, NaN],
    [88.73, Infinity],
    [SMALLEST, SMALLEST],
    [-SMALLEST, -SMALLEST],
    [-18, -1],
  ],
  log: [
    [0, -Infinity],
    [-0, -Infinity],
    [1, 0],
    [Infinity, Infinity],
    [-1, NaN],
    [-SMALLEST, NaN],
    [-Infinity, NaN],
    [NaN, NaN],
    [-NaN, NaN],
  ],
  log1p: [
    [0, 0],
    [-0, -0],
    [-1, -Infinity],
    [Infinity, Infinity],
    [-1.5, NaN],
    [-Infinity, NaN],
    [NaN, NaN],
    [SMALLEST, SMALLEST],
    [-SMALLEST, -SMALLEST],
  ],
  sin: [
    [0, 0],
    [-0, -0],
    [Infinity, NaN],
    [-Infinity, NaN],
    [NaN, NaN],
    [SMALLEST, SMALLEST],
    [-SMALLEST, -SMALLEST],
    [2 ** 32, NaN],
  ],
  cos: [
    [0, 1],
    [-0, 1],
    [Infinity, NaN],
    [-Infinity, NaN],
    [NaN, NaN],
    [SMALLEST, 1],
    [2 ** 32, NaN],
  ],
  tanh: [
    [0, 0],
    [-0, -0],
    [Infinity, 1],
    [-Infinity, -1],
    [9.5, 1],
    [-9.5, -1],
    [LARGEST, 1],
    [NaN, NaN],
    [SMALLEST, SMALLEST],
    [-SMALLEST, -SMALLEST],
  ],
  sigmoid: [
    [0, 0.5],
    [-0, 0.5],
    [Infinity, 1],
    [-Infinity, 0],
    [20, 1],
    [-103.9, SMALLEST],
    [-104.5, 0],
    [NaN, NaN],
  ],
  erf: [
    [0, 0],
    [-0, -0],
    [Infinity, 1],
    [-Infinity, -1],
    [4.5, 1],
    [-4.5, -1],
    [LARGEST, 1],
    [NaN, NaN],
    [SMALLEST, SMALLEST],
    [-SMALLEST, -SMALLEST],
  ],
}

const names = Object.keys(elementaryFunctions) as ElementaryFunctionName[]

const compileUnary = (name: ElementaryFunctionName, fused: boolean): Kernel =>
  compileKernel(1, (f, [x]) => elementaryFunctions[name](f, x!, fused))

const describeWorst = (name: string, { ulps, input, actual, exact }: WorstCase): string =>
  `${name}: at most ${ulps.toFixed(3)} ulp, at ${input}: got ${actual}, true value ${exact}`

describe.each([false, true])('elementary functions, fused: %s', (fused) => {
  test.each(names)('%s is within 2 ulp over all float32 exponents', (name) => {
    const worst = sweep(compileUnary(name, fused), oracles[name], fused ? 4093 : 1021)
    expect(worst.ulps, describeWorst(name, worst)).toBeLessThanOrEqual(LIMIT)
  })

  // One float32 exponent after the other, where the functions change their method or come near their limits.
  test.each([
    ['exp', 0x42a00000, 0x42b80000],
    ['exp', 0xc2a80000, 0xc2d80000],
    ['expm1', 0x3d800000, 0x3f800000],
    ['expm1', 0xbd800000, 0xbf800000],
    ['log', 0x3f000000, 0x40000000],
    ['log1p', 0x3e800000, 0x3f800000],
    ['log1p', 0xbe800000, 0xbf800000],
    ['sin', 0x40000000, 0x41000000],
    ['cos', 0x3f000000, 0x40000000],
    ['tanh', 0x3e800000, 0x40800000],
    ['sigmoid', 0xbf000000, 0xc1000000],
    ['erf', 0x3f000000, 0x40800000],
  ] as const)('%s is within 2 ulp from pattern %d to %d', (name, first, last) => {
    const worst = sweep(compileUnary(name, fused), oracles[name], 31, first, last)
    expect(worst.ulps, describeWorst(name, worst)).toBeLessThanOrEqual(LIMIT)
  })

  test.each(names)('%s treats special values exactly', (name) => {
    const kernel = compileUnary(name, fused)
    special[name].forEach(([x], i) => (kernel.inputs[0]![i] = x))
    kernel.run(16)
    const found = special[name].map(([x], i) => [x, kernel.output[i]!])
    expect(found).toEqual(special[name].map(([x, result]) => [x, result]))
  })

  test.each([...names, 'pow' as const])('%s leaves its argument unchanged', (name) => {
    const kernel = compileKernel(1, (f, [x]) => {
      if (name === 'pow') emitPow(f, x!, x!, fused)
      else elementaryFunctions[name](f, x!, fused)
      f.set(f.local(V128)).get(x!)
    })
    const values = [-300, -1, -0, 1e-40, 0.3, 2.5, Infinity, 1e30].map(Math.fround)
    kernel.inputs[0]!.set(values)
    kernel.run(8)
    expect([...kernel.output.subarray(0, 8)]).toEqual(values)
  })
})

test.each(names)('%s uses relaxed instructions only when fused', (name) => {
  const relaxed: readonly number[] = [f32x4.relaxedMadd, f32x4.relaxedNmadd]
  const emitted = (fused: boolean): number => {
    const spy = vi.spyOn(FunctionBuilder.prototype, 'op')
    compileUnary(name, fused)
    const count = spy.mock.calls.flat().filter((code) => relaxed.includes(code)).length
    spy.mockRestore()
    return count
  }
  expect(emitted(false)).toBe(0)
  expect(emitted(true)).toBeGreaterThan(0)
})

test('ulpError counts units of the last place of float32', () => {
  expect(ulpError(1 + 2 ** -23, 1)).toBe(1)
  expect(ulpError(0, SMALLEST)).toBe(1)
  expect(ulpError(Infinity, 1)).toBeGreaterThan(1e9)
  expect(ulpError(Infinity, LARGEST)).toBe(1)
  expect(ulpError(1, NaN)).toBe(Infinity)
})
