/** Pieces that the elementary functions share. A function reads a local and leaves its result on the stack. */
import type { FunctionBuilder, Local } from '../assembler.ts'
import { f32x4, f64x2, V128, v128 } from '../opcodes.ts'

/**
 * Emits f(x) on four float32 lanes: reads the local `x` without changing it, leaves the result on the stack. With `fused`
 * it uses relaxed SIMD's multiply-add, whose last bits depend on the machine; without it every machine gives the same bits.
 */
export type ElementaryFunction = (f: FunctionBuilder, x: Local, fused: boolean) => void

/** Turns the two vectors a, b on the stack into a * b + addend. */
export function multiplyAdd(f: FunctionBuilder, addend: Local, fused: boolean): void {
  if (fused) f.get(addend).op(f32x4.relaxedMadd)
  else f.op(f32x4.mul).get(addend).op(f32x4.add)
}

/** Pushes from - a * b. */
export function subtractProduct(f: FunctionBuilder, from: Local, a: Local, b: Local, fused: boolean): void {
  if (fused) f.get(a).get(b).get(from).op(f32x4.relaxedNmadd)
  else f.get(from).get(a).get(b).op(f32x4.mul, f32x4.sub)
}

/** Pushes a polynomial in `variable`, by Horner's rule. Coefficients run from the highest power to the constant. */
export function polynomial(f: FunctionBuilder, variable: Local, coefficients: readonly number[], fused: boolean): void {
  f.get(f.constant('f32x4', coefficients[0]!))
  for (const coefficient of coefficients.slice(1)) {
    f.get(variable)
    multiplyAdd(f, f.constant('f32x4', coefficient), fused)
  }
}

/** Gives the vector on the stack the signs of `x`. */
export function copySign(f: FunctionBuilder, x: Local): void {
  const result = f.local(V128)
  const signBit = f.constant('i32x4', -0x80000000)
  f.set(result).get(x).get(result).get(signBit).op(v128.bitselect)
}

/** Pushes min(x, bound), or NaN where x is NaN. `pmin` is one x86 instruction; `min`, which treats -0 and NaN, is about seven. */
export function clampAbove(f: FunctionBuilder, x: Local, bound: number): void {
  f.get(x).get(f.constant('f32x4', bound)).op(f32x4.pmin)
}

/** Pushes max(x, bound), or NaN where x is NaN. */
export function clampBelow(f: FunctionBuilder, x: Local, bound: number): void {
  f.get(x).get(f.constant('f32x4', bound)).op(f32x4.pmax)
}

/**
 * Runs `body` on the lower and on the upper two lanes of each input, widened to float64. The body leaves two float64 lanes on
 * the stack; the four results are rounded to float32 and left on the stack.
 */
export function inDoublePrecision(
  f: FunctionBuilder,
  inputs: readonly Local[],
  body: (wide: readonly Local[]) => void,
): void {
  const wide = f.localsOf(V128, inputs.length)
  const halves = f.localsOf(V128, 2)
  halves.forEach((half, index) => {
    inputs.forEach((input, i) => {
      f.get(input)
      if (index === 1) f.get(input).shuffle32(2, 3, 2, 3)
      f.op(f64x2.promoteLowF32x4).set(wide[i]!)
    })
    body(wide)
    f.op(f32x4.demoteF64x2Zero).set(half)
  })
  f.get(halves[0]!).get(halves[1]!).shuffle32(0, 1, 4, 5)
}
