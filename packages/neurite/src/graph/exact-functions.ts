import type { DType, ScalarFunction } from './node.ts'

type ExactFunction = (a: number, b: number, c: number) => number

const SMALLEST_INT32 = -2147483648
const LARGEST_INT32 = 2147483647

/**
 * The functions that give the same bits on every backend, since they are exact or rounded correctly. Computed in float64 and
 * then rounded to float32, one of them equals the float32 operation.
 */
const FUNCTIONS: Partial<Record<ScalarFunction, ExactFunction>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  maximum: (a, b) => Math.max(a, b),
  minimum: (a, b) => Math.min(a, b),
  neg: (x) => -x,
  abs: (x) => Math.abs(x),
  sign: (x) => (Number.isNaN(x) ? x : Number(x > 0) - Number(x < 0)),
  sqrt: (x) => Math.sqrt(x),
  floor: (x) => Math.floor(x),
  ceil: (x) => Math.ceil(x),
  round: roundToEven,
  trunc: (x) => Math.trunc(x),
  where: (condition, a, b) => (condition === 0 ? b : a),
  logicalAnd: (a, b) => a & b,
  logicalOr: (a, b) => a | b,
  logicalNot: (x) => 1 - x,
  equal: (a, b) => Number(a === b),
  notEqual: (a, b) => Number(a !== b),
  less: (a, b) => Number(a < b),
  lessEqual: (a, b) => Number(a <= b),
  greater: (a, b) => Number(a > b),
  greaterEqual: (a, b) => Number(a >= b),
}

/** The exact function of this name on numbers of a dtype, or undefined where the name means none. int32 wraps. */
export function exactFunction(name: ScalarFunction, dtype: DType): ExactFunction | undefined {
  const compute = FUNCTIONS[name]
  if (compute === undefined || dtype !== 'int32') return compute
  return name === 'mul' ? Math.imul : (a, b, c) => compute(a, b, c) | 0
}

/** The nearest whole number; of two equally near ones the even one. */
function roundToEven(x: number): number {
  const below = Math.floor(x)
  const fraction = x - below
  if (fraction !== 0.5) return fraction < 0.5 ? below : Math.ceil(x)
  return below % 2 === 0 ? below : Math.ceil(x)
}

/** A number as another dtype holds it: int32 cuts the fraction off and clips to its range, NaN becomes 0. */
export function convertNumber(x: number, dtype: DType): number {
  if (dtype === 'float32') return x
  if (dtype === 'bool') return Number(x !== 0)
  // An integer has no negative zero.
  const whole = Number.isNaN(x) ? 0 : Math.max(SMALLEST_INT32, Math.min(LARGEST_INT32, Math.trunc(x))) | 0
  return dtype === 'int32' ? whole : whole & 0xff
}
