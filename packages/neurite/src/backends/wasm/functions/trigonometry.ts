/**
 * sin and cos: x = n pi/2 + r with |r| <= pi/4 in float64, then polynomials in float32. pi/2 is subtracted in three parts; the
 * first two have 22 bits, so their products with n are exact up to |x| = 2^31, and r keeps float32's full relative
 * precision even next to multiples of pi/2.
 * Source of the method: W. J. Cody and W. Waite, "Software Manual for the Elementary Functions", 1980, chapter 8.
 * Coefficients: scripts/coefficients/elementary.py.
 */
import type { FunctionBuilder, Local } from '../assembler.ts'
import { f32x4, f64x2, i32x4, V128, v128 } from '../opcodes.ts'
import { multiplyAdd, polynomial } from './vector.ts'
import type { ElementaryFunction } from './vector.ts'

const TWO_OVER_PI = 0.6366197723675814
const HALF_PI_PARTS = [1.570796012878418, 3.139164164167596e-7, 6.223372171896613e-14]
/** Adding 1.5 * 2^52 rounds to an integer, whose lowest 32 bits are those of the sum. */
const ROUNDER = 6755399441055744
/** 2^31; above this the parts of pi/2 no longer give a meaningful result. */
const LARGEST = 2147483648

/** (sin(r) - r) / r^3 and (cos(r) - 1 + r^2 / 2) / r^4 as polynomials in r^2. */
const SINE_TAIL = [-0.000195180997, 0.00833218824, -0.166666552]
const COSINE_TAIL = [2.44325529e-5, -0.00138873106, 0.0416666456]

/** Sets `remainder` to r and `quadrant` to n modulo 2^32. */
function reduce(f: FunctionBuilder, x: Local, remainder: Local, quadrant: Local): void {
  const wide = f.local(V128)
  const n = f.local(V128)
  const shifted = f.localsOf(V128, 2) as [Local, Local]
  const remainders = f.localsOf(V128, 2) as [Local, Local]
  const magic = f.constant('f64x2', ROUNDER)
  for (const half of [0, 1] as const) {
    f.get(x)
    if (half === 1) f.get(x).shuffle32(2, 3, 2, 3)
    f.op(f64x2.promoteLowF32x4).tee(wide)
    f.get(f.constant('f64x2', TWO_OVER_PI)).op(f64x2.mul).get(magic).op(f64x2.add).tee(shifted[half])
    f.get(magic).op(f64x2.sub).set(n).get(wide)
    for (const part of HALF_PI_PARTS) f.get(n).get(f.constant('f64x2', part)).op(f64x2.mul, f64x2.sub)
    f.op(f32x4.demoteF64x2Zero).set(remainders[half])
  }
  f.get(remainders[0]).get(remainders[1]).shuffle32(0, 1, 4, 5).set(remainder)
  f.get(shifted[0]).get(shifted[1]).shuffle32(0, 2, 4, 6).set(quadrant)
}

function sineOrCosine(f: FunctionBuilder, x: Local, cosine: boolean, fused: boolean): void {
  const [magnitude, r, quadrant, z, cos, sin] = f.localsOf(V128, 6) as [Local, Local, Local, Local, Local, Local]
  const one = f.constant('f32x4', 1)
  // |x|, and all bits set (NaN) where it is too large.
  f.get(x).op(f32x4.abs).tee(magnitude)
  f.get(magnitude).get(f.constant('f32x4', LARGEST)).op(f32x4.gt, v128.or).set(magnitude)
  reduce(f, magnitude, r, quadrant)
  if (cosine) f.get(quadrant).get(f.constant('i32x4', 1)).op(i32x4.add).set(quadrant)

  f.get(r).get(r).op(f32x4.mul).set(z)
  polynomial(f, z, COSINE_TAIL, fused)
  f.get(z).op(f32x4.mul).get(z).op(f32x4.mul)
  f.get(one).get(z).get(f.constant('f32x4', 0.5)).op(f32x4.mul, f32x4.sub, f32x4.add).set(cos)
  polynomial(f, z, SINE_TAIL, fused)
  f.get(z).op(f32x4.mul).get(r)
  multiplyAdd(f, r, fused)
  f.set(sin)

  // Bit 0 of the quadrant exchanges sine and cosine, bit 1 changes the sign.
  f.get(cos).get(sin).get(quadrant).i32(31).op(i32x4.shl).i32(31).op(i32x4.shrS, v128.bitselect)
  f.get(quadrant).i32(1).op(i32x4.shrU).i32(31).op(i32x4.shl, v128.xor)
  if (!cosine) f.get(x).get(f.constant('i32x4', -0x80000000)).op(v128.and, v128.xor)
}

/** sin(x) for |x| <= 2^31; NaN beyond. */
export const emitSin: ElementaryFunction = (f, x, fused) => sineOrCosine(f, x, false, fused)

/** cos(x) for |x| <= 2^31; NaN beyond. */
export const emitCos: ElementaryFunction = (f, x, fused) => sineOrCosine(f, x, true, fused)
