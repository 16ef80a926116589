import type { Local } from '../assembler.ts'
import { f32x4, i32x4, V128, v128 } from '../opcodes.ts'
import { clampedExp, clampedExp2, INVERSE_LN2 } from './exp.ts'
import { clampBelow, multiplyAdd, polynomial } from './vector.ts'
import type { ElementaryFunction } from './vector.ts'

/** (tanh(x) - x) / x^3 as a polynomial in x^2, for |x| < NEAR_ZERO. */
const TAIL = [0.0164378788, -0.0526720099, 0.133207291, -0.333329469]
const NEAR_ZERO = 0.55

/**
 * Near 0 an odd polynomial, elsewhere tanh |x| = 1 - 2 e / (1 + e) with e = exp(-2 |x|), which saturates without overflow.
 * Coefficients: scripts/coefficients/elementary.py.
 */
export const emitTanh: ElementaryFunction = (f, x, fused) => {
  const [negative, t, e, z, far] = f.localsOf(V128, 5) as [Local, Local, Local, Local, Local]
  const one = f.constant('f32x4', 1)
  const signBit = f.constant('i32x4', -0x80000000)
  f.get(x).get(signBit).op(v128.or).set(negative)
  clampBelow(f, negative, -10)
  // The rounded product is exact enough: what it loses shrinks with e.
  f.get(f.constant('f32x4', 2 * INVERSE_LN2))
    .op(f32x4.mul)
    .set(t)
  clampedExp2(f, t, fused)
  f.set(e)
  f.get(one).get(e).get(e).op(f32x4.add).get(e).get(one).op(f32x4.add, f32x4.div, f32x4.sub).set(far)
  f.get(x).get(x).op(f32x4.mul).set(z)
  polynomial(f, z, TAIL, fused)
  f.get(z).op(f32x4.mul).get(x)
  multiplyAdd(f, x, fused)
  f.get(far).get(negative).get(f.constant('f32x4', -NEAR_ZERO)).op(f32x4.gt, v128.bitselect)
  f.get(x).get(signBit).op(v128.and, v128.or)
}

/**
 * sigmoid(x) = 1 / (1 + e) for x >= 0 and e / (1 + e) for x < 0, with e = exp(-|x|): no overflow, no cancellation.
 * The second case would lose more than 2 ulp to the roundings of e and 1 + e, so e makes up for both first.
 */
export const emitSigmoid: ElementaryFunction = (f, x, fused) => {
  const [r, e, lost, denominator] = f.localsOf(V128, 4) as [Local, Local, Local, Local]
  const one = f.constant('f32x4', 1)
  f.get(x).get(f.constant('i32x4', -0x80000000)).op(v128.or).set(r)
  clampBelow(f, r, -104)
  f.set(r)
  clampedExp(f, r, fused, lost)
  f.tee(e).get(one).op(f32x4.add).set(denominator)
  f.get(e)
  f.get(lost).get(e).get(denominator).get(one).op(f32x4.sub, f32x4.sub, f32x4.sub)
  multiplyAdd(f, e, fused)
  // e <= 1: the larger of e and (x < 0 ? 0 : 1) is the numerator.
  f.get(one).get(x).i32(31).op(i32x4.shrS, v128.andnot, f32x4.pmax)
  f.get(denominator).op(f32x4.div)
}
