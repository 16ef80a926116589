import { f32x4, V128, v128 } from '../opcodes.ts'
import { clampedExp2 } from './exp.ts'
import { clampAbove, copySign, multiplyAdd, polynomial } from './vector.ts'
import type { ElementaryFunction } from './vector.ts'
import type { Local } from '../assembler.ts'

const NEAR_ZERO = 0.9375
/** erf(x) / x - 1 as a polynomial in x^2, for |x| < NEAR_ZERO. */
const NEAR = [8.00027919e-5, -0.000805038435, 0.00519243814, -0.026855737, 0.112836257, -0.376126289, 0.128379166]
/** log2(1 - erf(a)) for NEAR_ZERO <= a <= 4. */
const FAR = [0.000279738102, -0.0043615005, 0.0319508724, -0.149700314, -0.919535935, -1.6267271, -0.000322444655]

/**
 * An odd polynomial near 0; elsewhere erf |x| = 1 - 2^L with a polynomial L, whose error matters the less the nearer the
 * result is to 1. Coefficients: scripts/coefficients/elementary.py.
 */
export const emitErf: ElementaryFunction = (f, x, fused) => {
  const [magnitude, clamped, exponent, z, far] = f.localsOf(V128, 5) as [Local, Local, Local, Local, Local]
  f.get(x).op(f32x4.abs).set(magnitude)
  clampAbove(f, magnitude, 4)
  f.set(clamped)
  polynomial(f, clamped, FAR, fused)
  f.set(exponent).get(f.constant('f32x4', 1))
  clampedExp2(f, exponent, fused)
  f.op(f32x4.sub)
  copySign(f, x)
  f.set(far)
  f.get(x).get(x).op(f32x4.mul).set(z)
  polynomial(f, z, NEAR, fused)
  f.get(x)
  multiplyAdd(f, x, fused)
  f.get(far).get(magnitude).get(f.constant('f32x4', NEAR_ZERO)).op(f32x4.lt, v128.bitselect)
}
