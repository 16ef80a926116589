/** @param {readonly number[]} values @param {number} share from 0 to 1 */
export function quantile(values, share) {
  if (values.length === 0) throw new Error('no values: expected at least one sample')
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN
}

/** @param {readonly number[]} values */
export const median = (values) => quantile(values, 0.5)

/** @param {readonly number[]} samples milliseconds */
export const summary = (samples) => ({
  medianMs: quantile(samples, 0.5),
  p10: quantile(samples, 0.1),
  p90: quantile(samples, 0.9),
})
