import { describe, expect, test } from 'vitest'
import { emitPow } from '../../src/backends/wasm/functions/elementary-functions.ts'
import { CAPACITY, compileKernel, ulpError } from './functions-support.ts'

/** C's pow, which differs from JavaScript's for the bases 1 and -1. */
function power(x: number, y: number): number {
  if (x === 1 || (x === -1 && Math.abs(y) === Infinity)) return 1
  return Math.pow(x, y)
}

/** Knuth's linear congruential generator, for pairs that are the same in every run. */
function* randomNumbers(seed: number): Generator<number, never> {
  let state = seed
  for (;;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    yield state / 2 ** 32
  }
}

describe.each([false, true])('pow, fused: %s', (fused) => {
  const kernel = compileKernel(2, (f, [x, y]) => emitPow(f, x!, y!, fused))
  const [bases, exponents] = kernel.inputs as [Float32Array, Float32Array]

  test('is within 2 ulp over the whole range of results', () => {
    const random = randomNumbers(1)
    const next = (): number => random.next().value
    let worst = { ulps: 0, message: '' }
    for (let round = 0; round < 40; round++) {
      for (let i = 0; i < CAPACITY; i++) {
        // Every third base lies near 1, where the logarithm is small and the exponents are large.
        const x = Math.fround(i % 3 === 0 ? 1 + (next() - 0.5) * 2 ** (-20 * next()) : 2 ** (next() * 277 - 149))
        // Results from 2^-155 to 2^130: denormals and both ends included.
        bases[i] = x
        exponents[i] = (next() * 285 - 155) / Math.log2(x)
      }
      kernel.run(CAPACITY)
      for (let i = 0; i < CAPACITY; i++) {
        const exact = power(bases[i]!, exponents[i]!)
        const ulps = ulpError(kernel.output[i]!, exact)
        if (ulps > worst.ulps) {
          worst = { ulps, message: `pow(${bases[i]}, ${exponents[i]}) = ${kernel.output[i]}, true value ${exact}` }
        }
      }
    }
    expect(worst.ulps, `${worst.ulps.toFixed(3)} ulp: ${worst.message}`).toBeLessThanOrEqual(2)
  })

  test('is within 2 ulp for integer powers of negative and positive bases', () => {
    let count = 0
    for (let x = -20; x <= 20; x += 0.5) {
      for (let y = -30; y <= 30; y++) {
        bases[count] = x
        exponents[count++] = y
      }
    }
    kernel.run(CAPACITY)
    for (let i = 0; i < count; i++) {
      const exact = power(bases[i]!, exponents[i]!)
      expect(
        ulpError(kernel.output[i]!, exact),
        `pow(${bases[i]}, ${exponents[i]}) = ${kernel.output[i]}`,
      ).toBeLessThanOrEqual(2)
    }
  })

  test('treats every pair of special values as C does', () => {
    const numbers = [0, 2 ** -149, 0.5, 1, 1.5, 2, 3, 4, 2 ** 23 + 1, 2 ** 24, 1e30, Infinity].flatMap((v) => [v, -v])
    const values = [...numbers, NaN]
    let count = 0
    for (const x of values) {
      for (const y of values) {
        bases[count] = x
        exponents[count++] = y
      }
    }
    kernel.run(CAPACITY)
    for (let i = 0; i < count; i++) {
      const exact = Math.fround(power(bases[i]!, exponents[i]!))
      const found = kernel.output[i]!
      const message = `pow(${bases[i]}, ${exponents[i]}) = ${found}, expected ${exact}`
      if (Number.isFinite(exact) && exact !== 0) expect(ulpError(found, exact), message).toBeLessThanOrEqual(2)
      else expect(found, message).toBe(exact)
    }
  })
})
