import type { Local } from '../assembler.ts'
import { f32x4, i32x4, V128, v128 } from '../opcodes.ts'
import { clampedExp, clampedNegativeExpm1 } from './exp.ts'
import { clampBelow, copySign, multiplyAdd } from './vector.ts'
import type { ElementaryFunction } from './vector.ts'

/** tanh |x| = -E / (E + 2) with E = exp(-2 |x|) - 1, which neither overflows nor cancels for any x. */
export const emitTanh: ElementaryFunction = (f, x, fused) => {
  const r = f.local(V128)
  const e = f.local(V128)
  f.get(x).get(f.constant('i32x4', -0x80000000)).op(v128.or).set(r)
  clampBelow(f, r, -10)
  f.tee(r).get(r).op(f32x4.add).set(r)
  clampedNegativeExpm1(f, r, fused)
  f.set(e)
  // Near 1, rounding E + 2 would cost one ulp; adding what it lost to the numerator makes up for that.
  const two = f.constant('f32x4', 2)
  const denominator = f.local(V128)
  f.get(e).get(two).op(f32x4.add).set(denominator)
  f.get(e).get(e).get(denominator).get(two).op(f32x4.sub, f32x4.sub)
  f.get(e).get(f.constant('f32x4', -0.75)).op(f32x4.lt, v128.and, f32x4.add)
  f.get(denominator).op(f32x4.div)
  copySign(f, x)
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
