import { requireCount } from '../graph/require-count.ts'
import { requireWhole } from '../option-checks.ts'
import { ShapeError } from '../errors.ts'
import type { DType, HostArray, Shape } from '../graph/node.ts'
import { elementCount } from '../graph/node.ts'
import * as ops from '../ops/index.ts'
import { hostArray } from '../runtime/values.ts'
import { checkDType } from './check-dtype.ts'
import { requireKnownOptions } from '../known-options.ts'
import {
  flattenNested,
  hold,
  type NestedValues,
  nestedShape,
  type ShapeOfNested,
  startsWithBoolean,
} from './nested-values.ts'
import type { Mutable } from './shape-types.ts'
import { fromNode, fromValues, type Tensor } from './tensor.ts'

/** Options of functions that make tensors. */
export interface CreationOptions<D extends DType = DType> {
  /** float32 by default. */
  readonly dtype?: D
  /** Whether `backward` computes a gradient for the tensor; default false. */
  readonly requiresGrad?: boolean
}

/** Options of `tensor`. */
export interface TensorOptions<S extends Shape, D extends DType> extends CreationOptions<D> {
  /** The shape of flat values; by default that of the nested arrays. */
  readonly shape?: S
}

/** Numbers in JavaScript's typed arrays. */
export type NumericArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint8ClampedArray
  | Uint16Array
  | Uint32Array

/**
 * A tensor from numbers, booleans, nested arrays or a typed array, which are copied. Without `dtype` booleans give bool,
 * Int32Array int32, Uint8Array uint8, and everything else float32: JavaScript's 1 and 1.0 are the same number.
 *
 * @throws ShapeError for arrays of uneven lengths, and where `shape` needs another number of values
 * @throws DTypeError for values that the dtype cannot hold
 *
 * @example
 * ```ts
 * import { tensor } from 'neurite'
 *
 * console.log(tensor([[1, 2.5], [3, 4]]))
 * // → tensor([[1.0000, 2.5000],
 * // →         [3.0000, 4.0000]])
 * console.log(tensor([7, 8], { dtype: 'int32' })) // → tensor([7, 8], dtype=int32)
 * ```
 */
export function tensor<
  const T extends NestedValues | NumericArray,
  const S extends Shape = T extends NumericArray ? [number] : ShapeOfNested<T>,
  D extends DType = 'float32',
>(values: T, options: TensorOptions<S, D> = {}): Tensor<Mutable<S>, D> {
  const { requiresGrad = false } = options
  const isTyped = ArrayBuffer.isView(values)
  const dtype = options.dtype ?? (isTyped ? dtypeOfArray(values) : startsWithBoolean(values) ? 'bool' : 'float32')
  requireKnownOptions('tensor', options, ['dtype', 'requiresGrad', 'shape'])
  checkDType(dtype)
  const ownShape = isTyped ? [values.length] : nestedShape(values)
  const flat = isTyped ? copyArray(values, dtype) : flattenNested(values, ownShape, dtype)
  const shape: Shape = options.shape === undefined ? ownShape : [...options.shape]
  checkShape('tensor', shape)
  requireCount('tensor', flat.length, shape)
  const result = fromValues(flat, shape, dtype)
  if (requiresGrad) result.requiresGrad = true
  return result as unknown as Tensor<Mutable<S>, D>
}

/**
 * A tensor over a typed array that is kept, not copied: whoever made it leaves it unchanged. For large data.
 *
 * @throws ShapeError where the shape needs another number of values
 *
 * @example
 * ```ts
 * import { fromData } from 'neurite'
 *
 * console.log(fromData(new Float32Array([1, 2, 3, 4]), [2, 2]).shape) // → [ 2, 2 ]
 * ```
 */
export function fromData<T extends HostArray, const S extends Shape>(
  data: T,
  shape: S,
): Tensor<Mutable<S>, T extends Float32Array ? 'float32' : T extends Int32Array ? 'int32' : 'uint8'> {
  checkShape('fromData', shape)
  requireCount('fromData', data.length, shape)
  return fromValues(data, [...shape], dtypeOfArray(data)) as never
}

/**
 * A tensor filled with one number (torch.full).
 *
 * @throws DTypeError where the dtype cannot hold the number
 *
 * @example
 * ```ts
 * import { full } from 'neurite'
 *
 * console.log(full([2, 2], 7, { dtype: 'int32' }))
 * // → tensor([[7, 7],
 * // →         [7, 7]], dtype=int32)
 * ```
 */
export function full<const S extends Shape, D extends DType = 'float32'>(
  shape: S,
  value: number,
  options: CreationOptions<D> = {},
): Tensor<Mutable<S>, D> {
  const dtype = options.dtype ?? 'float32'
  requireKnownOptions('full', options, ['dtype', 'requiresGrad'])
  checkDType(dtype)
  checkShape('full', shape)
  const values = hostArray(dtype, elementCount(shape))
  const held = hold(value, dtype)
  if (held !== 0) values.fill(held)
  const result = fromValues(values, [...shape], dtype)
  if (options.requiresGrad === true) result.requiresGrad = true
  return result as unknown as Tensor<Mutable<S>, D>
}

/**
 * A tensor of zeros (torch.zeros).
 *
 * @example
 * ```ts
 * import { zeros } from 'neurite'
 *
 * console.log(await zeros([2, 2]).toArray()) // → [ [ 0, 0 ], [ 0, 0 ] ]
 * ```
 */
export function zeros<const S extends Shape, D extends DType = 'float32'>(
  shape: S,
  options: CreationOptions<D> = {},
): Tensor<Mutable<S>, D> {
  return full(shape, 0, options)
}

/**
 * A tensor of ones (torch.ones).
 *
 * @example
 * ```ts
 * import { ones } from 'neurite'
 *
 * console.log(ones([3], { dtype: 'int32' })) // → tensor([1, 1, 1], dtype=int32)
 * ```
 */
export function ones<const S extends Shape, D extends DType = 'float32'>(
  shape: S,
  options: CreationOptions<D> = {},
): Tensor<Mutable<S>, D> {
  return full(shape, 1, options)
}

/**
 * Zeros with the shape and dtype of another tensor (torch.zeros_like).
 *
 * @example
 * ```ts
 * import { tensor, zerosLike } from 'neurite'
 *
 * console.log(zerosLike(tensor([[1, 2]]))) // → tensor([[0., 0.]])
 * ```
 */
export function zerosLike<S extends Shape, D extends DType>(like: Tensor<S, D>): Tensor<S, D> {
  return filledLike(like, 0)
}

/**
 * Ones with the shape and dtype of another tensor (torch.ones_like).
 *
 * @example
 * ```ts
 * import { onesLike, tensor } from 'neurite'
 *
 * console.log(onesLike(tensor([true, false]))) // → tensor([true, true])
 * ```
 */
export function onesLike<S extends Shape, D extends DType>(like: Tensor<S, D>): Tensor<S, D> {
  return filledLike(like, 1)
}

/**
 * The identity matrix, or its first `columns` columns (torch.eye).
 *
 * @example
 * ```ts
 * import { eye } from 'neurite'
 *
 * console.log(await eye(2).toArray()) // → [ [ 1, 0 ], [ 0, 1 ] ]
 * ```
 */
export function eye(rows: number, columns = rows): Tensor<[number, number], 'float32'> {
  const result = full([rows, columns], 0)
  for (let i = 0; i < Math.min(rows, columns); i++) result.values![i * columns + i] = 1
  return result
}

/**
 * `start, start + step, ...` up to before `end`; `arange(n)` counts from 0 (torch.arange). int32 for whole numbers, else
 * float32.
 *
 * @throws ArgumentError for a step of 0, or one that leads away from `end`
 *
 * @example
 * ```ts
 * import { arange } from 'neurite'
 *
 * console.log(await arange(4).toArray()) // → [ 0, 1, 2, 3 ]
 * console.log(await arange(1, 2, 0.25).toArray()) // → [ 1, 1.25, 1.5, 1.75 ]
 * ```
 */
export function arange(start: number, end?: number, step = 1): Tensor<[number]> {
  const node = end === undefined ? ops.arange(0, start, 1) : ops.arange(start, end, step)
  return fromNode(node)
}

/**
 * `count` numbers from `start` to `end`, both included, at equal distances (torch.linspace).
 *
 * @throws ArgumentError for a count that is not a whole number
 *
 * @example
 * ```ts
 * import { linspace } from 'neurite'
 *
 * console.log(await linspace(0, 1, 5).toText()) // → tensor([0.0000, 0.2500, 0.5000, 0.7500, 1.0000])
 * ```
 */
export function linspace(start: number, end: number, count: number): Tensor<[number], 'float32'> {
  requireWhole('linspace', 'count', count)
  const values = new Float32Array(count)
  const step = count > 1 ? (end - start) / (count - 1) : 0
  // From both ends, so that the last number is `end` itself.
  for (let i = 0; i < count; i++) values[i] = i < count / 2 ? start + step * i : end - step * (count - 1 - i)
  return fromValues(values, [count], 'float32')
}

function filledLike<S extends Shape, D extends DType>(like: Tensor<S, D>, value: number): Tensor<S, D> {
  const values = hostArray(like.dtype, elementCount(like.shape))
  return fromValues(value === 0 ? values : values.fill(value), like.shape, like.dtype)
}

function dtypeOfArray(values: ArrayBufferView): DType {
  if (values instanceof Int32Array) return 'int32'
  return values instanceof Uint8Array ? 'uint8' : 'float32'
}

function copyArray(values: NumericArray, dtype: DType): HostArray {
  if (dtypeOfArray(values) === dtype && dtype !== 'float32') return values.slice() as HostArray
  if (dtype === 'float32') return Float32Array.from(values)
  const result = hostArray(dtype, values.length)
  for (let i = 0; i < values.length; i++) result[i] = hold(values[i]!, dtype)
  return result
}

function checkShape(name: string, shape: Shape): void {
  if (Array.isArray(shape) && shape.every((size) => Number.isInteger(size) && size >= 0)) return
  throw new ShapeError({
    what: `${name}: the shape is ${Array.isArray(shape) ? `[${shape.join(', ')}]` : String(shape)}`,
    expected: 'a list of whole numbers, zero or larger',
    fix: 'pass the shape as an array, such as [2, 3]',
  })
}
