import { exponentOf, scaleByPowerOfTwo } from './bits.ts'

const LN2_HIGH = 0.6931471805598903
const LN2_LOW = 5.497923018708371e-14
const SMALLEST_NORMAL = 2.2250738585072014e-308

/** Splits a positive finite number as `fraction * 2^exponent` with `sqrt(1/2) < fraction <= sqrt(2)`. */
export function splitNearOne(x: number): { fraction: number; exponent: number } {
  const shift = x < SMALLEST_NORMAL ? 54 : 0
  const scaled = scaleByPowerOfTwo(x, shift)
  const exponent = exponentOf(scaled)
  const fraction = scaleByPowerOfTwo(scaled, -exponent)
  return fraction > Math.SQRT2
    ? { fraction: fraction / 2, exponent: exponent + 1 - shift }
    : { fraction, exponent: exponent - shift }
}

/** `log(x) + correction` for positive finite `x` and a correction far smaller than an ulp of `x`'s logarithm. */
function logWithCorrection(x: number, correction: number): number {
  const { fraction, exponent } = splitNearOne(x)
  const f = fraction - 1
  const s = f / (2 + f)
  const z = s * s
  let series = 2 / 25
  series = series * z + 2 / 23
  series = series * z + 2 / 21
  series = series * z + 2 / 19
  series = series * z + 2 / 17
  series = series * z + 2 / 15
  series = series * z + 2 / 13
  series = series * z + 2 / 11
  series = series * z + 2 / 9
  series = series * z + 2 / 7
  series = series * z + 2 / 5
  series = series * z + 2 / 3
  // log(1 + f) = 2s + s z series, and 2s = f - f^2/2 + s f^2/2: f is exact, so only small terms carry rounding errors.
  const halfSquare = 0.5 * f * f
  const small = s * (halfSquare + z * series) + (exponent * LN2_LOW + correction)
  return exponent * LN2_HIGH - (halfSquare - small - f)
}

/**
 * The natural logarithm, the same bits in every JavaScript engine (unlike `Math.log`), within 1 ulp.
 * `log(0)` is -Infinity; negative numbers give NaN.
 *
 * Method: `x = m 2^e`, `m` near 1, and `log m = 2 artanh((m - 1) / (m + 1))` by its series.
 */
export function log(x: number): number {
  if (x === 0) return -Infinity
  if (x < 0) return NaN
  if (x !== x || x === Infinity) return x
  return logWithCorrection(x, 0)
}

/**
 * `log(1 + x)` without the cancellation near 0, the same bits in every JavaScript engine, within 2 ulp.
 */
export function log1p(x: number): number {
  if (x === -1) return -Infinity
  if (x < -1) return NaN
  if (x !== x || x === Infinity) return x
  const u = 1 + x
  if (u === 1) return x
  const back = u - 1
  const lost = 1 - (u - back) + (x - back)
  return logWithCorrection(u, lost / u)
}
