import { describe, expect, test } from 'vitest'
import { cos, erf, exp, expm1, log, log1p, pow, sin, tanh } from '../../src/math/index.ts'
import { spread, ulpsBetween, worst } from './ulp.ts'

const COUNT = 20_000

type Range = readonly [low: number, high: number]

interface Function1 {
  readonly name: string
  readonly actual: (x: number) => number
  readonly wanted: (x: number) => number
  readonly ranges: readonly Range[]
}

const functions: readonly Function1[] = [
  {
    name: 'exp',
    actual: exp,
    wanted: Math.exp,
    ranges: [
      [-1, 1],
      [-1e-8, 1e-8],
      [-745, -700],
      [-700, 709.78],
    ],
  },
  {
    name: 'expm1',
    actual: expm1,
    wanted: Math.expm1,
    ranges: [
      [-1, 1],
      [-1e-8, 1e-8],
      [-50, 709.78],
    ],
  },
  {
    name: 'log',
    actual: log,
    wanted: Math.log,
    ranges: [
      [0, 3],
      [0.9, 1.1],
      [0, 1e300],
      [0, 1e-300],
      [0, 1e-310],
    ],
  },
  {
    name: 'log1p',
    actual: log1p,
    wanted: Math.log1p,
    ranges: [
      [-1, 3],
      [-1e-7, 1e-7],
      [0, 1e300],
    ],
  },
  {
    name: 'sin',
    actual: sin,
    wanted: Math.sin,
    ranges: [
      [-1, 1],
      [-10, 10],
      [-1e6, 1e6],
      [-1e300, 1e300],
    ],
  },
  {
    name: 'cos',
    actual: cos,
    wanted: Math.cos,
    ranges: [
      [-1, 1],
      [-10, 10],
      [-1e6, 1e6],
      [-1e300, 1e300],
    ],
  },
  {
    name: 'tanh',
    actual: tanh,
    wanted: Math.tanh,
    ranges: [
      [-1, 1],
      [-1e-5, 1e-5],
      [-30, 30],
    ],
  },
]

describe('agreement with Math within 2 ulp', () => {
  for (const { name, actual, wanted, ranges } of functions) {
    for (const [low, high] of ranges) {
      test(`${name} from ${low} to ${high}`, () => {
        const count = high > 1e100 && name !== 'log' && name !== 'log1p' ? 2000 : COUNT
        expect(worst(count, spread(low, high, count), actual, wanted)).toMatchObject({
          ulps: expect.toSatisfy((ulps: number) => ulps <= 2),
        })
      })
    }
  }

  for (const y of [0.5, -0.5, 2, 3, -7, 1 / 3, 10.3, -123.4, 1e-5]) {
    test(`pow(x, ${y})`, () => {
      const result = worst(
        COUNT,
        spread(0, 50, COUNT),
        (x) => pow(x, y),
        (x) => Math.pow(x, y),
      )
      expect(result.ulps, `at ${result.at}`).toBeLessThanOrEqual(2)
    })
  }

  test('pow(2, y) over all exponents, subnormal results included', () => {
    const result = worst(
      COUNT,
      spread(-1074, 1024, COUNT),
      (y) => pow(2, y),
      (y) => Math.pow(2, y),
    )
    expect(result.ulps, `at ${result.at}`).toBeLessThanOrEqual(2)
  })
})

// The right-hand numbers of these tables were computed with 50 decimal digits and rounded to float64.

test.each([
  [1e-10, 1.1283791670955126e-10],
  [0.1, 0.1124629160182849],
  [0.25, 0.27632639016823696],
  [0.5, 0.5204998778130465],
  [0.75, 0.7111556336535151],
  [0.9, 0.7969082124228322],
  [0.99, 0.8385080695553698],
  [1, 0.8427007929497149],
  [1.01, 0.8468104962282768],
  [1.1, 0.8802050695740817],
  [1.25, 0.9229001282564583],
  [1.5, 0.9661051464753108],
  [1.75, 0.9866716712191824],
  [2, 0.9953222650189527],
  [2.5, 0.999593047982555],
  [3, 0.9999779095030014],
  [3.5, 0.9999992569016276],
  [4, 0.9999999845827421],
  [5, 0.9999999999984626],
  [5.9, 0.9999999999999999],
  [7, 1],
])('erf(%d)', (x, wanted) => {
  expect(ulpsBetween(erf(x), wanted)).toBeLessThanOrEqual(2)
  expect(ulpsBetween(erf(-x), -wanted)).toBeLessThanOrEqual(2)
})

test.each([
  [2, 0.5, Math.SQRT2],
  [0.1, -300.5, 3.1622776601683265e300],
  [1.0000001, 1e9, 2.6881038582144647e43],
  [7.3, 2.9, 318.88661784370277],
  [0.9999, 12345.678, 0.2909425271540516],
  [1e300, 0.9, 1.0000000000000154e270],
  [1e-300, -1.02, 1.0000000000000122e306],
  [5.5, -400, 7.160184321457141e-297],
])('pow(%d, %d)', (x, y, wanted) => {
  expect(ulpsBetween(pow(x, y), wanted)).toBeLessThanOrEqual(1)
})

test.each([
  [1e22, -0.8522008497671888, 0.523214785395139],
  [5.319372648326541e255, 1, -4.687165924254628e-19],
  [1.5707963267948966, 1, 6.123233995736766e-17],
  [Math.PI, 1.2246467991473532e-16, -1],
  [355, -3.014435335948845e-5, -0.999999999545659],
  [1000000.5, 0.141954699000744, 0.9898731552232378],
  [1e300, -0.8178819121159085, -0.5753861119575491],
  [-2e10, 0.8513021533542025, 0.5246757510067508],
])('sin and cos of %d, close to multiples of pi/2 or huge', (x, sine, cosine) => {
  expect(ulpsBetween(sin(x), sine)).toBeLessThanOrEqual(1)
  expect(ulpsBetween(cos(x), cosine)).toBeLessThanOrEqual(1)
})

describe('special values', () => {
  const special = [0, -0, 1, -1, 0.5, Infinity, -Infinity, NaN, 5e-324, -5e-324, Number.MAX_VALUE, -Number.MAX_VALUE]

  for (const { name, actual, wanted } of functions) {
    test(`${name} agrees with Math.${name}`, () => {
      for (const x of special) {
        const result = actual(x)
        const isExact = Number.isInteger(wanted(x)) || !Number.isFinite(wanted(x))
        expect(ulpsBetween(result, wanted(x)), `${name}(${x})`).toBeLessThanOrEqual(isExact ? 0 : 2)
        expect(Object.is(result, -0), `sign of ${name}(${x})`).toBe(Object.is(wanted(x), -0))
      }
    })
  }

  test('pow agrees with Math.pow on all pairs', () => {
    const values = [...special, 2, -2, 3, -3, 1.5, -0.5, 1e10, 9007199254740991, 9007199254740992, 0.1]
    for (const x of values) {
      for (const y of values) {
        expect(ulpsBetween(pow(x, y), Math.pow(x, y)), `pow(${x}, ${y})`).toBeLessThanOrEqual(1)
        expect(Object.is(pow(x, y), -0), `sign of pow(${x}, ${y})`).toBe(Object.is(Math.pow(x, y), -0))
      }
    }
  })

  test('erf', () => {
    expect([erf(0), erf(-0), erf(Infinity), erf(-Infinity), erf(NaN)]).toEqual([0, -0, 1, -1, NaN])
  })
})

test('powers that float64 can hold are exact', () => {
  for (let base = 2; base <= 12; base++) {
    for (let exponent = 1, exact = base; exact <= Number.MAX_SAFE_INTEGER; exponent++, exact *= base) {
      expect(pow(base, exponent), `${base}^${exponent}`).toBe(exact)
    }
  }
  for (let exponent = -1074; exponent <= 1023; exponent++) expect(pow(2, exponent)).toBe(2 ** exponent)
})

test('the bits are those of every engine', () => {
  const values = new Float64Array(9 * 500)
  for (let i = 0; i < 500; i++) {
    const x = -12 + i * 0.0481
    values.set(
      [
        exp(x),
        expm1(x),
        log(x + 13),
        log1p(x + 12.5),
        sin(x * 99),
        cos(x * 99),
        tanh(x / 4),
        erf(x / 4),
        pow(x + 13, x),
      ],
      i * 9,
    )
  }
  let hash = 0x811c9dc5
  for (const byte of new Uint8Array(values.buffer)) hash = Math.imul(hash ^ byte, 0x01000193)
  expect(hash >>> 0).toBe(208169736)
})
