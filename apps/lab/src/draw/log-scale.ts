/** The logarithm to base 2, to about seven digits: enough to draw with, and alike in every engine. */
export function log2(value: number): number {
  let [mantissa, exponent] = [value, 0]
  for (; mantissa >= 2; exponent++) mantissa /= 2
  for (; mantissa < 1; exponent--) mantissa *= 2
  const t = (mantissa - 1) / (mantissa + 1)
  let [term, sum] = [t, 0]
  for (let k = 1; k <= 13; k += 2) {
    sum += term / k
    term *= t * t
  }
  return exponent + 2.8853900817779268 * sum
}

/** One number of a curve to the height of its picture, from `low` at the bottom to `high` at the top, by ratio. */
export function logPlace(value: number, low: number, high: number, height: number): number {
  const share = (log2(Math.max(low, Math.min(high, value))) - log2(low)) / (log2(high) - log2(low))
  return height * (1 - share)
}
