import { exp } from './exp.ts'

/**
 * The hyperbolic tangent, the same bits in every JavaScript engine (unlike `Math.tanh`), within 2 ulp.
 *
 * Method: Lambert's continued fraction near 0, `1 - 2 / (e^2x + 1)` elsewhere.
 */
export function tanh(x: number): number {
  if (x === 0 || x !== x) return x
  if (x > 20) return 1
  if (x < -20) return -1
  const magnitude = Math.abs(x)
  if (magnitude >= 0.55) {
    const value = 1 - 2 / (exp(2 * magnitude) + 1)
    return x < 0 ? -value : value
  }
  // tanh x = x / (1 + z / (3 + z / (5 + ...))), written as x minus a correction so that little is rounded.
  const z = x * x
  const denominator = 3 + z / (5 + z / (7 + z / (9 + z / (11 + z / (13 + z / 15)))))
  return x - (x * z) / (denominator + z)
}
