/**
 * log(x) = k ln 2 + log(1 + f) with sqrt(1/2) <= 1 + f < sqrt(2), and log(1 + f) = 2 atanh(s) with s = f / (2 + f),
 * arranged as f - (f^2/2 - s (f^2/2 + R)) so that the largest term is exact.
 * Source of the method: P. T. P. Tang, "Table-driven implementation of the logarithm function", ACM TOMS 16 (1990), and the
 * atanh series; coefficients: scripts/coefficients/elementary.py.
 */
import type { FunctionBuilder, Local } from '../assembler.ts'
import { f32x4, i32x4, V128, v128 } from '../opcodes.ts'
import { multiplyAdd, polynomial } from './vector.ts'
import type { ElementaryFunction } from './vector.ts'

/** ln 2 in two parts; k times the upper is exact. */
const LN2_UPPER = 0.693359375
const LN2_LOWER = -2.1219444e-4

/** (2 atanh(s) - 2 s) / s^3 as a polynomial in s^2. */
const TAIL = [0.298714608, 0.399775684, 0.666667759]

const SQRT_HALF_BITS = 0x3f3504f3
const ONE_BITS = 0x3f800000
const EXPONENT_MASK = -0x800000
/** 2^-126 */
const SMALLEST_NORMAL = 1.1754943508222875e-38

/** Pushes k ln 2 + log(1 + f); k holds integers as float32. */
function logOfParts(f: FunctionBuilder, k: Local, fraction: Local, fused: boolean): void {
  const s = f.local(V128)
  const z = f.local(V128)
  const halfSquare = f.local(V128)
  const lower = f.local(V128)
  f.get(fraction).get(f.constant('f32x4', 2)).get(fraction).op(f32x4.add, f32x4.div).tee(s)
  f.get(s).op(f32x4.mul).set(z)
  f.get(fraction).get(f.constant('f32x4', 0.5)).op(f32x4.mul).get(fraction).op(f32x4.mul).set(halfSquare)
  f.get(k).get(f.constant('f32x4', LN2_LOWER)).op(f32x4.mul).get(halfSquare).op(f32x4.sub).set(lower)
  polynomial(f, z, TAIL, fused)
  f.get(z)
  multiplyAdd(f, halfSquare, fused)
  f.get(s)
  multiplyAdd(f, lower, fused)
  f.get(fraction).op(f32x4.add)
  f.get(k).get(f.constant('f32x4', LN2_UPPER)).op(f32x4.mul, f32x4.add)
}

/** Corrects the result on the stack where the argument u of the logarithm is 0 (-inf), +inf, below 0 or NaN (NaN). */
function treatSpecialArguments(f: FunctionBuilder, u: Local): void {
  const zero = f.constant('f32x4', 0)
  const infinity = f.constant('f32x4', Infinity)
  f.get(u).get(infinity).op(f32x4.eq).get(infinity).op(v128.and, f32x4.add)
  f.get(u).get(zero).op(f32x4.eq).get(f.constant('f32x4', -Infinity)).op(v128.and, f32x4.add)
  f.get(f.constant('f32x4', NaN)).get(u).get(zero).op(f32x4.ge, v128.andnot, v128.or)
}

/** Sets `k` and pushes m with x = 2^k m and sqrt(1/2) <= m < sqrt(2), both float32, for finite x > 0, denormals included. */
export function splitExponent(f: FunctionBuilder, x: Local, k: Local): void {
  const boost = f.local(V128)
  const normal = f.local(V128)
  const distance = f.local(V128)
  // Denormals are multiplied by 2^23, the others by 1: `boost` is the difference of the two factors' bits.
  f.get(x).get(f.constant('f32x4', SMALLEST_NORMAL)).op(f32x4.lt)
  f.get(f.constant('i32x4', 23 << 23))
    .op(v128.and)
    .tee(boost)
  f.get(f.constant('i32x4', ONE_BITS)).op(i32x4.add).get(x).op(f32x4.mul).tee(normal)
  f.get(f.constant('i32x4', SQRT_HALF_BITS)).op(i32x4.sub).tee(distance)
  f.get(boost).op(i32x4.sub).i32(23).op(i32x4.shrS, f32x4.convertI32x4S).set(k)
  f.get(normal).get(distance).get(f.constant('i32x4', EXPONENT_MASK)).op(v128.and, i32x4.sub)
}

export const emitLog: ElementaryFunction = (f, x, fused) => {
  const k = f.local(V128)
  const fraction = f.local(V128)
  splitExponent(f, x, k)
  f.get(f.constant('f32x4', 1)).op(f32x4.sub).set(fraction)
  logOfParts(f, k, fraction, fused)
  treatSpecialArguments(f, x)
}

export const emitLog1p: ElementaryFunction = (f, x, fused) => {
  const u = f.local(V128)
  const exponent = f.local(V128)
  const k = f.local(V128)
  const fraction = f.local(V128)
  const one = f.constant('i32x4', ONE_BITS)
  f.get(x).get(one).op(f32x4.add).tee(u)
  f.get(f.constant('i32x4', SQRT_HALF_BITS)).op(i32x4.sub)
  f.get(f.constant('i32x4', EXPONENT_MASK)).op(v128.and).tee(exponent)
  f.i32(23).op(i32x4.shrS, f32x4.convertI32x4S).set(k)
  // f = 2^-k x + (2^-k - 1) needs no rounded 1 + x. Where k is not 0, x is normal and its exponent can be lowered in place;
  // past k = 64 the second term is -1 anyway.
  f.get(x).get(exponent).op(i32x4.sub)
  f.get(one)
    .get(exponent)
    .get(f.constant('i32x4', 64 << 23))
    .op(i32x4.minS, i32x4.sub)
  f.get(one).op(f32x4.sub, f32x4.add).set(fraction)
  logOfParts(f, k, fraction, fused)
  treatSpecialArguments(f, u)
  // log1p has the sign of x everywhere: this restores -0.
  f.get(x).get(f.constant('i32x4', -0x80000000)).op(v128.and, v128.or)
}
