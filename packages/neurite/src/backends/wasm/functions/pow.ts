/**
 * pow(x, y) = 2^(y log2 |x|) in float64, so that the large exponents cost no accuracy and results too small for a normal
 * float32 are rounded once. Special cases follow C (ISO/IEC 9899, annex F.10.4.4), as PyTorch does.
 */
import type { FunctionBuilder, Local } from '../assembler.ts'
import { f32x4, f64x2, i64x2, V128, v128 } from '../opcodes.ts'
import { splitExponent } from './log.ts'
import { inDoublePrecision } from './vector.ts'

/** 2 / ((2 k + 1) ln 2): the series of log2(m) = (2 / ln 2) atanh((m - 1) / (m + 1)), 8 terms after the first. */
const LOG2_SERIES = [
  0.16972882833987804, 0.19235933878519512, 0.2219530832136867, 0.2623081892525388, 0.3205988979753252,
  0.4121985831111324, 0.5770780163555854, 0.9617966939259756, 2.8853900817779268,
]
/** (ln 2)^k / k!: the series of 2^g; what follows is below 2e-10 for |g| <= 1/2. */
const EXP2_SERIES = [
  1.3215486790144305e-6, 1.5252733804059838e-5, 0.00015403530393381606, 0.0013333558146428441, 0.009618129107628477,
  0.055504108664821576, 0.2402265069591007, 0.6931471805599453, 1,
]
/** 1.5 * 2^52 + 1023: adding it rounds to an integer n and leaves n + 1023, float64's biased exponent, in the lowest bits of the sum. */
const ROUNDER = 6755399441055744 + 1023
/** 2^200 and 2^-200 lie outside float32, so their rounding gives the right infinity or zero. */
const LARGEST_EXPONENT = 200

function widePolynomial(f: FunctionBuilder, variable: Local, coefficients: readonly number[]): void {
  f.get(f.constant('f64x2', coefficients[0]!))
  for (const coefficient of coefficients.slice(1)) {
    f.get(variable).op(f64x2.mul).get(f.constant('f64x2', coefficient)).op(f64x2.add)
  }
}

/** Pushes |x|^y where neither operand makes the case special. */
function powerOfMagnitude(f: FunctionBuilder, magnitude: Local, y: Local): void {
  const [k, significand, s, z, t, shifted] = f.localsOf(V128, 6) as [Local, Local, Local, Local, Local, Local]
  splitExponent(f, magnitude, k)
  f.set(significand)
  // log2 of 0 and of infinity; NaN passes through as well.
  const infinity = f.constant('f32x4', Infinity)
  f.get(k).get(magnitude).get(infinity).op(f32x4.eq).get(infinity).op(v128.and, f32x4.add)
  f.get(magnitude).get(f.constant('f32x4', 0)).op(f32x4.eq).get(f.constant('f32x4', -Infinity))
  f.op(v128.and, f32x4.add)
  f.get(magnitude).get(magnitude).op(f32x4.ne, v128.or).set(k)
  inDoublePrecision(f, [significand, k, y], (wide) => {
    const [m, exponent, power] = wide as [Local, Local, Local]
    const one = f.constant('f64x2', 1)
    f.get(m).get(one).op(f64x2.sub).get(m).get(one).op(f64x2.add, f64x2.div).tee(s)
    f.get(s).op(f64x2.mul).set(z)
    widePolynomial(f, z, LOG2_SERIES)
    f.get(s).op(f64x2.mul).get(exponent).op(f64x2.add).get(power).op(f64x2.mul)
    f.get(f.constant('f64x2', LARGEST_EXPONENT)).op(f64x2.pmin)
    f.get(f.constant('f64x2', -LARGEST_EXPONENT)).op(f64x2.pmax).tee(t)
    const magic = f.constant('f64x2', ROUNDER)
    f.get(t).get(magic).op(f64x2.add).tee(shifted).get(magic).op(f64x2.sub, f64x2.sub).set(t)
    widePolynomial(f, t, EXP2_SERIES)
    f.get(shifted).i32(52).op(i64x2.shl, f64x2.mul)
  })
}

/** Emits pow(x, y): reads both locals without changing them, leaves the result on the stack. Never uses fused arithmetic. */
export function emitPow(f: FunctionBuilder, x: Local, y: Local, _fused: boolean): void {
  const [magnitude, isInteger, result] = f.localsOf(V128, 3) as [Local, Local, Local]
  const zero = f.constant('f32x4', 0)
  const one = f.constant('f32x4', 1)
  const half = f.local(V128)
  f.get(x).op(f32x4.abs).set(magnitude)
  powerOfMagnitude(f, magnitude, y)
  // An odd integer power keeps the sign of x; infinity counts as an even integer.
  f.get(y).get(y).op(f32x4.trunc, f32x4.eq).set(isInteger)
  f.get(y).get(f.constant('f32x4', 0.5)).op(f32x4.mul).tee(half).get(half).op(f32x4.trunc, f32x4.ne)
  f.get(isInteger).op(v128.and).get(x).op(v128.and).get(f.constant('i32x4', -0x80000000)).op(v128.and, v128.or)
  // A finite negative base has only integer powers: elsewhere NaN, which is what all bits set mean.
  f.get(x).get(zero).op(f32x4.lt).get(x).get(f.constant('f32x4', -Infinity)).op(f32x4.gt, v128.and)
  f.get(isInteger).op(v128.andnot, v128.or).set(result)
  // 1, whatever the other operand: x = 1, y = 0, and x = -1 with an infinite y.
  f.get(one).get(result)
  f.get(x).get(one).op(f32x4.eq).get(y).get(zero).op(f32x4.eq, v128.or)
  f.get(magnitude).get(one).op(f32x4.eq).get(y).op(f32x4.abs).get(f.constant('f32x4', Infinity)).op(f32x4.eq, v128.and)
  f.op(v128.or, v128.bitselect)
}
