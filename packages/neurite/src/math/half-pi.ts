import { exponentOf, scaleByPowerOfTwo } from './bits.ts'

/** What `reduceByHalfPi` leaves: the remainder and, behind it, its rounding error. */
export const remainder = new Float64Array(2)

// pi/2 in three parts; the first two have 33 bits, so their products with up to 20 bits are exact.
const HALF_PI_1 = 1.5707963267341256
const HALF_PI_2 = 6.077100506303966e-11
const HALF_PI_3 = 2.0222662487959506e-21
const TWO_OVER_PI = 0.6366197723675814

const MEDIUM = 1e6
const TOO_CLOSE = 1e-9

/**
 * Writes `x - q pi/2`, at most pi/4 in size, to `remainder` and returns `q` modulo 4.
 * Cody and Waite's reduction for usual arguments; exact integer arithmetic for huge ones and those close to a multiple.
 */
export function reduceByHalfPi(x: number): number {
  if (x > MEDIUM || x < -MEDIUM) return reduceExactly(x)
  const q = Math.floor(x * TWO_OVER_PI + 0.5)
  if (q === 0) {
    remainder[0] = x
    remainder[1] = 0
    return 0
  }
  const first = x - q * HALF_PI_1
  const step = q * HALF_PI_2
  const second = first - step
  const secondError = first - second - step
  const tail = secondError - q * HALF_PI_3
  const r = second + tail
  if (r < TOO_CLOSE && r > -TOO_CLOSE) return reduceExactly(x)
  remainder[0] = r
  remainder[1] = second - r + tail
  return q & 3
}

const FRACTION_BITS = 1200
const KEPT_BITS = 200
let halfPi: bigint | undefined

function reduceExactly(x: number): number {
  halfPi ??= computeHalfPi(BigInt(FRACTION_BITS))
  const magnitude = Math.abs(x)
  const exponent = exponentOf(magnitude)
  const integer = BigInt(scaleByPowerOfTwo(magnitude, 52 - exponent))
  const scaled = integer << BigInt(FRACTION_BITS + exponent - 52)
  let q = scaled / halfPi
  let left = scaled - q * halfPi
  if (left * 2n > halfPi) {
    left -= halfPi
    q += 1n
  }
  const kept = left >> BigInt(FRACTION_BITS - KEPT_BITS)
  const high = Number(kept)
  const low = Number(kept - BigInt(high))
  const sign = x < 0 ? -1 : 1
  remainder[0] = sign * scaleByPowerOfTwo(high, -KEPT_BITS)
  remainder[1] = sign * scaleByPowerOfTwo(low, -KEPT_BITS)
  return (sign * Number(q & 3n)) & 3
}

/** pi/2 as an integer in units of `2^-bits`, by Machin's formula `pi/4 = 4 arctan(1/5) - arctan(1/239)`. */
function computeHalfPi(bits: bigint): bigint {
  const guard = 32n
  const one = 1n << (bits + guard)
  return (2n * (4n * arctanOfInverse(5n, one) - arctanOfInverse(239n, one))) >> guard
}

function arctanOfInverse(n: bigint, one: bigint): bigint {
  let power = one / n
  let sum = power
  for (let k = 3n, sign = -1n; power > 0n; k += 2n, sign = -sign) {
    power /= n * n
    sum += (sign * power) / k
  }
  return sum
}
