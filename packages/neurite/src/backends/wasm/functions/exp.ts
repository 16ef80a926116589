/**
 * exp(x) = 2^n exp(r) with n = round(x / ln 2) and |r| <= ln 2 / 2; ln 2 is subtracted in two parts so that the larger product
 * is exact. Source of the method: W. J. Cody and W. Waite, "Software Manual for the Elementary Functions", 1980, chapter 6.
 * Coefficients: scripts/coefficients/elementary.py.
 */
import type { FunctionBuilder, Local } from '../assembler.ts'
import { f32x4, i32x4, V128, v128 } from '../opcodes.ts'
import { clampAbove, clampBelow, copySign, multiplyAdd, polynomial, subtractProduct } from './vector.ts'
import type { ElementaryFunction } from './vector.ts'

export const INVERSE_LN2 = 1.4426950408889634
/** ln 2 in two parts; the upper has 9 bits. */
const LN2_UPPER = 0.693359375
const LN2_LOWER = -2.1219444e-4

/** Adding 1.5 * 2^23 rounds a small number to an integer and leaves that integer in the lowest bits of the sum. */
export const ROUNDER = 12582912

/** (exp(r) - 1 - r) / r^2 */
const TAIL = [0.0013868314, 0.00836642366, 0.0416674651, 0.16666545, 0.49999997]
/** The same as TAIL for |r| < 0.5. */
const WIDE_TAIL = [0.000200864321, 0.00140110299, 0.00833285227, 0.0416649543, 0.166666687, 0.50000006]
/** 2^g for |g| <= 0.5 */
const POWER_OF_TWO = [0.000153264627, 0.00133908063, 0.00961850584, 0.0555035993, 0.240226477, 0.693147182, 1]

interface Reduced {
  /** n + rounder: its lowest bits hold n plus whatever the caller added to the rounder. */
  readonly shifted: Local
  /** x - n ln 2 as one number, and as the sum upper + lower of which it is the rounded value. */
  readonly r: Local
  readonly upper: Local
  readonly lower: Local
}

/** n = round(x / ln 2 - bias) and r = x - n ln 2. */
function reduce(f: FunctionBuilder, x: Local, rounder: number, fused: boolean, bias?: Local): Reduced {
  const [shifted, n, r, upper, lower] = f.localsOf(V128, 5) as [Local, Local, Local, Local, Local]
  const magic = f.constant('f32x4', rounder)
  f.get(x).get(f.constant('f32x4', INVERSE_LN2))
  if (bias !== undefined) f.op(f32x4.mul).get(bias).op(f32x4.sub).get(magic).op(f32x4.add)
  else multiplyAdd(f, magic, fused)
  f.tee(shifted).get(magic).op(f32x4.sub).set(n)
  subtractProduct(f, x, n, f.constant('f32x4', LN2_UPPER), fused)
  f.set(upper)
  f.get(n).get(f.constant('f32x4', -LN2_LOWER)).op(f32x4.mul).tee(lower)
  f.get(upper).op(f32x4.add).set(r)
  return { shifted, r, upper, lower }
}

/** Pushes exp(r) - 1. Adding `upper` last leaves out the rounding of r itself. */
function reducedExpm1(f: FunctionBuilder, { r, upper, lower }: Reduced, tail: readonly number[], fused: boolean): void {
  polynomial(f, r, tail, fused)
  f.get(r).get(r).op(f32x4.mul)
  multiplyAdd(f, lower, fused)
  f.get(upper).op(f32x4.add)
}

/**
 * Pushes exp(x) for -104 <= x <= 89 or NaN. `lost`, if given, receives what the last rounding took off, relative to exp(x)
 * (to within a factor sqrt(2)).
 */
export function clampedExp(f: FunctionBuilder, x: Local, fused: boolean, lost?: Local): void {
  // 2^n may lie outside float32 where the result does not: it is applied as two factors, each with the exponent bias 127.
  const reduced = reduce(f, x, ROUNDER + 2 * 127, fused)
  const { shifted } = reduced
  const one = f.constant('f32x4', 1)
  const half = f.local(V128)
  reducedExpm1(f, reduced, TAIL, fused)
  if (lost === undefined) f.get(one).op(f32x4.add)
  else {
    const significand = f.local(V128)
    f.tee(lost).get(one).op(f32x4.add).set(significand)
    f.get(lost).get(significand).get(one).op(f32x4.sub, f32x4.sub).set(lost).get(significand)
  }
  f.get(shifted).i32(1).op(i32x4.shrS).tee(half).i32(23).op(i32x4.shl, f32x4.mul)
  f.get(shifted).get(half).op(i32x4.sub).i32(23).op(i32x4.shl, f32x4.mul)
}

/** Pushes 2^t for -126 <= t <= 0 or NaN, to about 1 ulp. */
export function clampedExp2(f: FunctionBuilder, t: Local, fused: boolean): void {
  const [shifted, fraction] = f.localsOf(V128, 2) as [Local, Local]
  const magic = f.constant('f32x4', ROUNDER + 127)
  f.get(t).get(t).get(magic).op(f32x4.add).tee(shifted)
  f.get(magic).op(f32x4.sub, f32x4.sub).set(fraction)
  polynomial(f, fraction, POWER_OF_TWO, fused)
  f.get(shifted).i32(23).op(i32x4.shl, f32x4.mul)
}

export const emitExp: ElementaryFunction = (f, x, fused) => {
  const r = f.local(V128)
  clampAbove(f, x, 89)
  f.set(r)
  clampBelow(f, r, -104)
  f.set(r)
  clampedExp(f, r, fused)
}

export const emitExpm1: ElementaryFunction = (f, x, fused) => {
  const r = f.local(V128)
  clampAbove(f, x, 89)
  f.set(r)
  clampBelow(f, r, -20)
  f.set(r)
  // Rounding n towards 0 keeps 2^n (exp(r) - 1) and 2^n - 1 from cancelling next to n = 1 and n = -1.
  const bias = f.local(V128)
  f.get(f.constant('f32x4', 0.2))
  copySign(f, r)
  f.set(bias)
  const reduced = reduce(f, r, ROUNDER + 126, fused, bias)
  const { shifted } = reduced
  const tail = f.local(V128)
  const halfPower = f.local(V128)
  reducedExpm1(f, reduced, WIDE_TAIL, fused)
  f.set(tail)
  // exp(r) - 1 scaled by 2^(n - 1), which is finite for n = 128, and doubled.
  f.get(shifted).i32(23).op(i32x4.shl).set(halfPower)
  f.get(tail).get(halfPower).op(f32x4.mul)
  f.get(halfPower).get(f.constant('f32x4', 0.5)).op(f32x4.sub, f32x4.add)
  const half = f.local(V128)
  f.tee(half).get(half).op(f32x4.add)
  // Where n = 0 the tail itself is the result: halving it would lose the last bit of denormals.
  const scaled = f.local(V128)
  f.set(scaled)
    .get(tail)
    .get(scaled)
    .get(shifted)
    .get(f.constant('f32x4', ROUNDER + 126))
    .op(f32x4.eq, v128.bitselect)
  copySign(f, x)
}
