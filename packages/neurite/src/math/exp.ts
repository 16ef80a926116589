import { scaleByPowerOfTwo } from './bits.ts'

// ln 2 in two parts. The upper has 42 bits, so its product with an exponent is exact.
const LN2_HIGH = 0.6931471805598903
const LN2_LOW = 5.497923018708371e-14

/** `(e^r - 1 - r) / r^2` for `|r| <= 0.35`, by the Taylor series. */
function secondOrderTail(r: number): number {
  let sum = 1 / 87178291200
  sum = sum * r + 1 / 6227020800
  sum = sum * r + 1 / 479001600
  sum = sum * r + 1 / 39916800
  sum = sum * r + 1 / 3628800
  sum = sum * r + 1 / 362880
  sum = sum * r + 1 / 40320
  sum = sum * r + 1 / 5040
  sum = sum * r + 1 / 720
  sum = sum * r + 1 / 120
  sum = sum * r + 1 / 24
  sum = sum * r + 1 / 6
  return sum * r + 0.5
}

/** `e^(high + low)`, where `low` is the rounding error that `high` left behind. */
export function expOfSum(high: number, low: number): number {
  if (high !== high) return high
  if (high > 720) return Infinity
  if (high < -760) return 0
  const k = Math.floor(high * Math.LOG2E + 0.5)
  const upper = high - k * LN2_HIGH
  const lower = low - k * LN2_LOW
  const r = upper + lower
  const rest = upper - r + lower
  return scaleByPowerOfTwo(1 + (r + (rest + r * r * secondOrderTail(r))), k)
}

/**
 * The exponential function, the same bits in every JavaScript engine (unlike `Math.exp`), within 1 ulp.
 *
 * Method: `x = k ln 2 + r` with `|r| <= ln(2) / 2`, Taylor series of `e^r`, then a scaling by `2^k`.
 */
export function exp(x: number): number {
  return expOfSum(x, 0)
}

/**
 * `e^x - 1` without the cancellation near 0, the same bits in every JavaScript engine, within 2 ulp.
 */
export function expm1(x: number): number {
  if (x !== x || x === 0) return x
  if (x > 720) return Infinity
  if (x < -40) return -1
  if (x > -0.34 && x < 0.34) return x + x * x * secondOrderTail(x)
  const k = Math.floor(x * Math.LOG2E + 0.5)
  const upper = x - k * LN2_HIGH
  const lower = -k * LN2_LOW
  const r = upper + lower
  const rest = upper - r + lower
  const partial = r + (rest + r * r * secondOrderTail(r))
  return k > 60 ? scaleByPowerOfTwo(1 + partial, k) : scaleByPowerOfTwo(1 - scaleByPowerOfTwo(1, -k) + partial, k)
}
