import { exp } from './exp.ts'

const TWO_OVER_SQRT_PI_MINUS_1 = 0.1283791670955126

// e^(-k^2 h^2) for k = 1, 2, ... with h = 1/2.
const GAUSSIAN_SAMPLES = [
  0.7788007830714049, 0.36787944117144233, 0.10539922456186433, 0.01831563888873418, 0.0019304541362277093,
  0.00012340980408667956, 4.785117392129009e-6, 1.1253517471925912e-7, 1.6052280551856116e-9, 1.3887943864964021e-11,
  7.287724095819692e-14, 2.3195228302435696e-16,
]

/** The Maclaurin series for `|x| < 1`, with the first coefficient split as 1 + 0.128... so that little is rounded. */
function erfNearZero(x: number): number {
  const z = x * x
  let coefficient = 1
  let power = 1
  let sum = 0
  for (let n = 1; n <= 19; n++) {
    coefficient = -coefficient / n
    power *= z
    sum += (coefficient * power) / (2 * n + 1)
  }
  return x + x * (TWO_OVER_SQRT_PI_MINUS_1 + (1 + TWO_OVER_SQRT_PI_MINUS_1) * sum)
}

/**
 * `1 - erf(x)` for `1 <= x <= 6`: the trapezoidal rule with step 1/2 on the integral of
 * `(2x/pi) e^(-x^2) e^(-t^2) / (x^2 + t^2)`, plus the pole's residue (Chiarella and Reichel 1968).
 */
function complement(x: number): number {
  const z = x * x
  let sum = 0.5 / z
  for (let k = GAUSSIAN_SAMPLES.length; k >= 1; k--) sum += GAUSSIAN_SAMPLES[k - 1]! / (z + 0.25 * k * k)
  return (x * exp(-z) * sum) / Math.PI - 2 / (exp(4 * Math.PI * x) - 1)
}

/**
 * The error function `2/sqrt(pi) * integral of e^(-t^2) from 0 to x`, the same bits in every JavaScript engine,
 * within 2 ulp.
 */
export function erf(x: number): number {
  if (x === 0 || x !== x) return x
  const magnitude = Math.abs(x)
  if (magnitude < 1) return erfNearZero(x)
  const value = magnitude > 6 ? 1 : 1 - complement(magnitude)
  return x < 0 ? -value : value
}
