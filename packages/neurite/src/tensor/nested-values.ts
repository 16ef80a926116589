import { DTypeError, ShapeError } from '../errors.ts'
import type { DType, HostArray, Shape } from '../graph/node.ts'
import { hostArray } from '../runtime/values.ts'

/** Numbers or booleans, alone or in arrays of arrays of equal lengths. */
export type NestedValues = number | boolean | readonly NestedValues[]

/** The shape that nested arrays spell, as far as their type tells it: literals keep their lengths, the rest is unknown. */
export type ShapeOfNested<T> = T extends number | boolean
  ? []
  : T extends readonly (number | boolean)[]
    ? [T['length']]
    : T extends readonly (readonly (number | boolean)[])[]
      ? [T['length'], T[number]['length']]
      : Shape

/** The shape of nested arrays. Throws ShapeError where their lengths differ. */
export function nestedShape(values: NestedValues): number[] {
  const shape: number[] = []
  for (let level = values; Array.isArray(level); level = level[0] as NestedValues) {
    shape.push(level.length)
    if (level.length === 0) break
  }
  return shape
}

/** Copies nested arrays into a typed array. */
export function flattenNested(values: NestedValues, shape: Shape, dtype: DType): HostArray {
  let count = 1
  for (const length of shape) count *= length
  const flat = hostArray(dtype, count)
  let next = 0
  const visit = (part: NestedValues, axis: number): void => {
    if (Array.isArray(part)) {
      if (axis >= shape.length || part.length !== shape[axis]) throw ragged(shape, axis, part.length)
      for (const item of part as readonly NestedValues[]) visit(item, axis + 1)
      return
    }
    if (axis !== shape.length) throw ragged(shape, axis, undefined)
    flat[next++] = hold(part as number | boolean, dtype)
  }
  visit(values, 0)
  return flat
}

/** True where the first value is a boolean. */
export function startsWithBoolean(values: NestedValues): boolean {
  let first: NestedValues | undefined = values
  while (Array.isArray(first)) first = first[0] as NestedValues | undefined
  return typeof first === 'boolean'
}

/** The number as a dtype stores it. Throws DTypeError where the dtype cannot hold it. */
export function hold(value: number | boolean, dtype: DType): number {
  if (typeof value !== 'number' && typeof value !== 'boolean') {
    throw new DTypeError({
      what: `a tensor is made from a value of type ${value === null ? 'null' : typeof value}`,
      expected: 'numbers or booleans',
      fix: 'convert the values to numbers first',
    })
  }
  const number = Number(value)
  if (dtype === 'float32') return number
  if (dtype === 'bool') return number === 0 ? 0 : 1
  const [low, high] = dtype === 'int32' ? [-2147483648, 2147483647] : [0, 255]
  if (Number.isInteger(number) && number >= low && number <= high) return number
  throw new DTypeError({
    what: `the value ${number} does not fit ${dtype}`,
    expected: `whole numbers from ${low} to ${high}`,
    fix: "use dtype 'float32', or round and limit the values first",
  })
}

/** Flat values as arrays of arrays; bool as booleans. */
export function nestedArray(values: HostArray, shape: Shape, dtype: DType): NestedValues {
  let next = 0
  const build = (axis: number): NestedValues => {
    if (axis < shape.length) return Array.from({ length: shape[axis]! }, () => build(axis + 1))
    const value = values[next++]!
    return dtype === 'bool' ? value !== 0 : value
  }
  return build(0)
}

function ragged(shape: Shape, axis: number, length: number | undefined): ShapeError {
  return new ShapeError({
    what: `nested arrays are uneven: ${length === undefined ? 'a number' : `an array of length ${length}`} at depth ${axis} where the first one has ${axis < shape.length ? `an array of length ${shape[axis]!}` : 'a number'}`,
    expected: 'arrays of equal lengths at each depth',
    fix: 'make all rows equally long, for example by padding',
  })
}
