import { add, divide, multiply, twoSum } from './double-double.ts'
import type { DoubleDouble } from './double-double.ts'
import { expOfSum } from './exp.ts'
import { splitNearOne } from './log.ts'

const LN2: DoubleDouble = { high: Math.LN2, low: 2.3190468138462996e-17 }

// 1/9, 1/7, 1/5, 1/3 to 106 bits.
const LEADING_COEFFICIENTS = [9, 7, 5, 3].map((n) => divide({ high: 1, low: 0 }, { high: n, low: 0 }))

/** The natural logarithm of a positive finite number to about 100 bits. */
function preciseLog(x: number): DoubleDouble {
  const { fraction, exponent } = splitNearOne(x)
  const s = divide({ high: fraction - 1, low: 0 }, twoSum(fraction, 1))
  const z = multiply(s, s)
  let tail = 1 / 25
  for (let n = 23; n >= 11; n -= 2) tail = tail * z.high + 1 / n
  let series: DoubleDouble = { high: tail, low: 0 }
  for (const coefficient of LEADING_COEFFICIENTS) series = add(coefficient, multiply(z, series))
  const half = add(s, multiply(s, multiply(z, series)))
  return add(multiply(LN2, { high: exponent, low: 0 }), { high: 2 * half.high, low: 2 * half.low })
}

/**
 * `x` to the power of `y` with the special cases of `Math.pow`, the same bits in every JavaScript engine, within 1 ulp;
 * results that float64 can hold, such as `pow(3, 5)`, are exact.
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1
  if (x !== x || y !== y) return NaN
  const magnitude = Math.abs(x)
  if (y === Infinity || y === -Infinity) {
    if (magnitude === 1) return NaN
    return magnitude > 1 === y > 0 ? Infinity : 0
  }
  const isInteger = Math.floor(y) === y
  const isOdd = isInteger && Math.abs(y) < 9007199254740992 && Math.floor(y / 2) * 2 !== y
  const isNegative = x < 0 || (x === 0 && 1 / x < 0)
  if (x === 0 || magnitude === Infinity) {
    const size = (magnitude === 0) === y > 0 ? 0 : Infinity
    return isNegative && isOdd ? -size : size
  }
  if (isNegative && !isInteger) return NaN
  const size = powerOfPositive(magnitude, y)
  return isNegative && isOdd ? -size : size
}

function powerOfPositive(x: number, y: number): number {
  if (x === 1) return 1
  const logarithm = preciseLog(x)
  const estimate = y * logarithm.high
  if (estimate > 800) return Infinity
  if (estimate < -800) return 0
  const exponent = multiply(logarithm, { high: y, low: 0 })
  return expOfSum(exponent.high, exponent.low)
}
