/**
 * An unevaluated sum of two float64 numbers, about 106 bits (Dekker 1971; Knuth's two-sum). `low` is at most half an
 * ulp of `high`.
 */
export interface DoubleDouble {
  readonly high: number
  readonly low: number
}

const SPLITTER = 134217729 // 2^27 + 1

/** `a + b` exactly. */
export function twoSum(a: number, b: number): DoubleDouble {
  const high = a + b
  const shadow = high - a
  return { high, low: a - (high - shadow) + (b - shadow) }
}

/** `a * b` exactly, for factors below 2^990 in size and products above 2^-960. */
export function twoProduct(a: number, b: number): DoubleDouble {
  const high = a * b
  const aWide = SPLITTER * a
  const aHigh = aWide - (aWide - a)
  const aLow = a - aHigh
  const bWide = SPLITTER * b
  const bHigh = bWide - (bWide - b)
  const bLow = b - bHigh
  return { high, low: aLow * bLow - (high - aHigh * bHigh - aLow * bHigh - aHigh * bLow) }
}

/** Sum of two pairs. */
export function add(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const high = twoSum(a.high, b.high)
  const low = twoSum(a.low, b.low)
  const first = twoSum(high.high, high.low + low.high)
  return twoSum(first.high, first.low + low.low)
}

/** Product of two pairs. */
export function multiply(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const high = twoProduct(a.high, b.high)
  return twoSum(high.high, high.low + (a.high * b.low + a.low * b.high))
}

/** Quotient of two pairs. */
export function divide(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const first = a.high / b.high
  const left = add(a, multiply(b, { high: -first, low: 0 }))
  const second = left.high / b.high
  const rest = add(left, multiply(b, { high: -second, low: 0 }))
  return add(twoSum(first, second), { high: rest.high / b.high, low: 0 })
}
