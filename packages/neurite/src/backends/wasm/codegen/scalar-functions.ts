/**
 * Elementwise functions on four lanes. float32 and int32 values are lanes as they are; a bool in a register is a mask
 * (all ones or zero), in memory an int32 1 or 0; uint8 is an int32 from 0 to 255.
 */
import type { DType, ScalarFunction } from '../../../compiler/program.ts'
import type { FunctionBuilder, Local } from '../assembler.ts'
import { emitThreefryRounds } from '../functions/threefry.ts'
import { elementaryFunctions } from '../functions/elementary-functions.ts'
import { emitPow } from '../functions/pow.ts'
import { f32x4, i32x4, V128, v128 } from '../opcodes.ts'

export interface Operand {
  readonly local: Local
  readonly dtype: DType
  /** The value, where it is a number written in the program. */
  readonly constant?: number | undefined
}

const isFloat = (dtype: DType): boolean => dtype === 'float32'

const comparisons = {
  equal: [f32x4.eq, i32x4.eq],
  notEqual: [f32x4.ne, i32x4.ne],
  less: [f32x4.lt, i32x4.ltS],
  lessEqual: [f32x4.le, i32x4.leS],
  greater: [f32x4.gt, i32x4.gtS],
  greaterEqual: [f32x4.ge, i32x4.geS],
} as const

const simple: Partial<Record<ScalarFunction, readonly [float: number | undefined, integer: number | undefined]>> = {
  add: [f32x4.add, i32x4.add],
  sub: [f32x4.sub, i32x4.sub],
  mul: [f32x4.mul, i32x4.mul],
  div: [f32x4.div, undefined],
  maximum: [f32x4.max, i32x4.maxS],
  minimum: [f32x4.min, i32x4.minS],
  neg: [f32x4.neg, i32x4.neg],
  abs: [f32x4.abs, i32x4.abs],
  sqrt: [f32x4.sqrt, undefined],
}

const roundings: Partial<Record<ScalarFunction, number>> = {
  floor: f32x4.floor,
  ceil: f32x4.ceil,
  round: f32x4.nearest,
  trunc: f32x4.trunc,
}

/** Pushes a bool mask as int32 1 or 0, any other value as it is. */
export function pushNumber(f: FunctionBuilder, local: Local, dtype: DType): void {
  f.get(local)
  if (dtype === 'bool') f.get(f.constant('i32x4', 1)).op(v128.and)
}

/** Emits one scalar function; the result stays on the stack. */
export function emitScalarFunction(
  f: FunctionBuilder,
  name: ScalarFunction,
  operands: readonly Operand[],
  result: DType,
  fused: boolean,
): void {
  const [x, y, z] = operands as [Operand, Operand, Operand]
  const comparison = comparisons[name as keyof typeof comparisons] as readonly [number, number] | undefined
  if (comparison) {
    pushNumber(f, x.local, x.dtype)
    pushNumber(f, y.local, y.dtype)
    f.op(comparison[isFloat(x.dtype) ? 0 : 1])
    return
  }
  if ((name === 'maximum' || name === 'minimum') && isFloat(result) && emitBounded(f, name, x, y)) return
  const codes = simple[name]
  const code = codes?.[isFloat(result) ? 0 : 1]
  if (code !== undefined) {
    for (const operand of operands) pushNumber(f, operand.local, operand.dtype)
    f.op(code)
    return
  }
  switch (name) {
    case 'floor':
    case 'ceil':
    case 'round':
    case 'trunc':
      f.get(x.local)
      if (isFloat(result)) f.op(roundings[name]!)
      return
    case 'sign':
      emitSign(f, x)
      return
    case 'logicalAnd':
      f.get(x.local).get(y.local).op(v128.and)
      return
    case 'logicalOr':
      f.get(x.local).get(y.local).op(v128.or)
      return
    case 'logicalNot':
      f.get(x.local).op(v128.not)
      return
    case 'where':
      f.get(y.local).get(z.local).get(x.local).op(v128.bitselect)
      return
    case 'cast':
      emitCast(f, x, result)
      return
    case 'threefry':
      emitThreefry(f, operands)
      return
    case 'unitInterval':
      f.get(x.local)
        .i32(8)
        .op(i32x4.shrU, f32x4.convertI32x4S)
        .get(f.constant('f32x4', 1 / 16777216))
        .op(f32x4.mul)
      return
    case 'pow':
      if (isFloat(result)) {
        emitPow(f, x.local, y.local, fused)
        return
      }
      break
    default: {
      const elementary = elementaryFunctions[name as keyof typeof elementaryFunctions]
      if (elementary && isFloat(result)) {
        elementary(f, x.local, fused)
        return
      }
    }
  }
  throw new Error(`wasm: no code for ${name} on ${operands.map((operand) => operand.dtype).join(', ')}`)
}

/** max and min with a number that is written in the program: one instruction on x86, and a NaN in x stays NaN. */
function emitBounded(f: FunctionBuilder, name: 'maximum' | 'minimum', x: Operand, y: Operand): boolean {
  const [value, bound] = y.constant !== undefined ? [x, y] : [y, x]
  if (bound.constant === undefined || Number.isNaN(bound.constant)) return false
  f.get(value.local)
    .get(bound.local)
    .op(name === 'maximum' ? f32x4.pmax : f32x4.pmin)
  return true
}

function emitSign(f: FunctionBuilder, x: Operand): void {
  if (isFloat(x.dtype)) {
    const one = f.constant('f32x4', 1)
    const zero = f.constant('f32x4', 0)
    f.get(one).get(x.local).get(zero).op(f32x4.gt, v128.and)
    f.get(one).get(x.local).get(zero).op(f32x4.lt, v128.and, f32x4.sub)
    // NaN compares false with everything: adding x - x gives NaN back and changes nothing else but infinities.
    f.get(x.local).get(x.local).get(x.local).op(f32x4.eq, v128.bitselect)
    return
  }
  const zero = f.constant('i32x4', 0)
  f.get(x.local).get(zero).op(i32x4.ltS).get(x.local).get(zero).op(i32x4.gtS, i32x4.sub)
}

function emitCast(f: FunctionBuilder, x: Operand, result: DType): void {
  if (result === 'bool') {
    if (x.dtype === 'bool') f.get(x.local)
    else
      f.get(x.local)
        .get(f.constant('i32x4', 0))
        .op(isFloat(x.dtype) ? f32x4.ne : i32x4.ne)
  } else if (isFloat(result)) {
    if (x.dtype === 'bool') f.get(x.local).get(f.constant('f32x4', 1)).op(v128.and)
    else if (isFloat(x.dtype)) f.get(x.local)
    else f.get(x.local).op(f32x4.convertI32x4S)
  } else {
    pushNumber(f, x.local, x.dtype)
    if (isFloat(x.dtype)) f.op(i32x4.truncSatF32x4S)
    if (result === 'uint8') f.get(f.constant('i32x4', 255)).op(v128.and)
  }
}

/** The first word of Threefry-2x32; inputs key0, key1, counter, index. */
function emitThreefry(f: FunctionBuilder, operands: readonly Operand[]): void {
  const [key0, key1, counter, index] = operands.map((operand) => operand.local) as [Local, Local, Local, Local]
  const [x, y] = f.localsOf(V128, 2) as [Local, Local]
  f.get(index).set(x).get(counter).set(y)
  emitThreefryRounds(f, key0, key1, x, y)
  f.get(x)
}
