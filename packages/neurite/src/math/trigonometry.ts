import { reduceByHalfPi, remainder } from './half-pi.ts'

/** Sine of `r + rest` for `|r| <= pi/4`, by the Taylor series. */
function sineNearZero(r: number, rest: number): number {
  const z = r * r
  let series = -1 / 121645100408832000
  series = series * z + 1 / 355687428096000
  series = series * z - 1 / 1307674368000
  series = series * z + 1 / 6227020800
  series = series * z - 1 / 39916800
  series = series * z + 1 / 362880
  series = series * z - 1 / 5040
  series = series * z + 1 / 120
  series = series * z - 1 / 6
  return r + (r * z * series + rest * (1 - 0.5 * z))
}

/** Cosine of `r + rest` for `|r| <= pi/4`, by the Taylor series. */
function cosineNearZero(r: number, rest: number): number {
  const z = r * r
  let series = -1 / 6402373705728000
  series = series * z + 1 / 20922789888000
  series = series * z - 1 / 87178291200
  series = series * z + 1 / 479001600
  series = series * z - 1 / 3628800
  series = series * z + 1 / 40320
  series = series * z - 1 / 720
  series = series * z + 1 / 24
  const half = 0.5 * z
  const leading = 1 - half
  return leading + (1 - leading - half + (z * z * series - r * rest))
}

/**
 * Sine of an angle in radians, the same bits in every JavaScript engine (unlike `Math.sin`), within 1 ulp for every
 * finite argument. Infinities give NaN.
 */
export function sin(x: number): number {
  if (x === 0 || x !== x) return x
  if (x === Infinity || x === -Infinity) return NaN
  const quadrant = reduceByHalfPi(x)
  const r = remainder[0]!
  const rest = remainder[1]!
  const value = quadrant & 1 ? cosineNearZero(r, rest) : sineNearZero(r, rest)
  return quadrant & 2 ? -value : value
}

/**
 * Cosine of an angle in radians, the same bits in every JavaScript engine (unlike `Math.cos`), within 1 ulp for every
 * finite argument. Infinities give NaN.
 */
export function cos(x: number): number {
  if (x !== x || x === Infinity || x === -Infinity) return NaN
  const quadrant = reduceByHalfPi(x)
  const r = remainder[0]!
  const rest = remainder[1]!
  const value = quadrant & 1 ? sineNearZero(r, rest) : cosineNearZero(r, rest)
  return quadrant === 1 || quadrant === 2 ? -value : value
}
