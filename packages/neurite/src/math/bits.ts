const view = new DataView(new ArrayBuffer(8))

const SMALLEST_EXPONENT = -1022
const LARGEST_EXPONENT = 1023

const powersOfTwo = buildPowersOfTwo()

function buildPowersOfTwo(): Float64Array {
  const table = new Float64Array(LARGEST_EXPONENT - SMALLEST_EXPONENT + 1)
  for (let k = 0, up = 1; k <= LARGEST_EXPONENT; k++, up *= 2) table[k - SMALLEST_EXPONENT] = up
  for (let k = 0, down = 1; k >= SMALLEST_EXPONENT; k--, down /= 2) table[k - SMALLEST_EXPONENT] = down
  return table
}

/** `x * 2^k` for `|x| >= 2^-20` and an integer `k` between -1500 and 2000, rounded once (also where the result is subnormal). */
export function scaleByPowerOfTwo(x: number, k: number): number {
  if (k > LARGEST_EXPONENT) {
    return x * powersOfTwo[LARGEST_EXPONENT - SMALLEST_EXPONENT]! * scaleByPowerOfTwo(1, k - LARGEST_EXPONENT)
  }
  // A product that is still normal is exact, so only the last multiplication rounds.
  if (k < SMALLEST_EXPONENT) return scaleByPowerOfTwo(x * powersOfTwo[-500 - SMALLEST_EXPONENT]!, k + 500)
  return x * powersOfTwo[k - SMALLEST_EXPONENT]!
}

/** The exponent `e` of a positive normal number `x = m * 2^e` with `1 <= m < 2`. */
export function exponentOf(x: number): number {
  view.setFloat64(0, x)
  return ((view.getUint32(0) >>> 20) & 0x7ff) - LARGEST_EXPONENT
}
