import { DataError, DTypeError, IndexOutOfRangeError, ShapeError } from '../errors.ts'
import { valuesPerExample } from './dataset.ts'
import type { BatchArray } from './dataset.ts'

/** Numbers of all examples, one example after the other, and the shape of one example. */
export interface Field {
  readonly data: Float32Array | Int32Array | Uint8Array
  /** Without the axis of the examples: [1, 28, 28] for pictures, [] for one number per example. */
  readonly shape: readonly number[]
}

/** How inputs become what the network sees: `x * scale + offset`, rounded once to float32. */
export interface Normalise {
  readonly scale: number
  /** 0 where it is left out. */
  readonly offset?: number
}

/** How many examples a field holds; throws when its shape and its data do not go together. */
export function countExamples(where: string, field: Field): number {
  const { data, shape } = field
  if (!(data instanceof Float32Array || data instanceof Int32Array || data instanceof Uint8Array)) {
    throw new DTypeError({
      what: `${where}: the data are ${describeKind(data)}`,
      expected: 'a Float32Array, Int32Array or Uint8Array',
      fix: 'convert them with Float32Array.from(data), or give nested lists to TensorDataset.fromArrays',
    })
  }
  const size = valuesPerExample(shape)
  if (!shape.every((dimension) => Number.isSafeInteger(dimension) && dimension > 0)) {
    throw new ShapeError({
      what: `${where}: the shape of an example is [${shape.join(', ')}]`,
      expected: 'dimensions that are whole numbers, 1 or more',
      fix: 'pass the shape of one example, without the axis of the examples; [] for one number',
    })
  }
  if (data.length % size !== 0) {
    throw new ShapeError({
      what: `${where}: ${data.length} values cannot be divided into examples of the shape [${shape.join(', ')}]`,
      expected: `a multiple of ${size} values`,
      fix: 'check the shape, which is that of one example, and whether the data are complete',
    })
  }
  return data.length / size
}

/**
 * Throws DataError at the first NaN or infinity. `start` is the number of the first example in `data`, for the message.
 */
export function requireFinite(where: string, data: BatchArray | Uint8Array, shape: readonly number[], start = 0): void {
  if (!(data instanceof Float32Array)) return
  const wrong = data.findIndex((value) => !Number.isFinite(value))
  if (wrong < 0) return
  const size = valuesPerExample(shape)
  const feature = shape.length === 0 ? '' : `, feature [${positionIn(shape, wrong % size).join(', ')}]`
  throw new DataError({
    what: `${where}: ${data[wrong]!} in example ${start + Math.floor(wrong / size)}${feature}`,
    expected: 'finite numbers, since one NaN makes every weight NaN',
    fix: 'remove the example or fill in a number before making the dataset',
  })
}

/**
 * Throws at the first value that is no class label: IndexOutOfRangeError where no class has that number, DataError where
 * it is no whole number. `start` is the number of the first example in `data`.
 */
export function requireLabels(data: Field['data'], shape: readonly number[], classes: number, start = 0): void {
  const isLabel = (value: number): boolean => Number.isInteger(value) && value >= 0 && value < classes
  const wrong = data.findIndex((value: number) => !isLabel(value))
  if (wrong < 0) return
  const label = data[wrong]!
  const parts = {
    what: `example ${start + Math.floor(wrong / valuesPerExample(shape))} has the label ${label}`,
    expected: `a whole number from 0 to ${classes - 1}, one of ${classes} classes`,
    fix: 'count classes from 0, and check the number of classes',
  }
  throw Number.isInteger(label) ? new IndexOutOfRangeError(parts) : new DataError(parts)
}

/** The index on each axis of the value at `offset` within an array of the given shape. */
function positionIn(shape: readonly number[], offset: number): number[] {
  const position: number[] = []
  let rest = offset
  for (const dimension of shape.toReversed()) {
    position.unshift(rest % dimension)
    rest = Math.floor(rest / dimension)
  }
  return position
}

/** Copies examples from a field into a batch, one function per kind of data. */
export type ReadField = (indices: Int32Array, into: BatchArray) => void

/**
 * The function that fills batches from a field. Bytes become float32 through a table of the 256 results, so that a
 * normalised picture costs no more than a plain one.
 */
export function fieldReader(field: Field, normalise: Normalise | undefined): ReadField {
  const { data } = field
  const size = valuesPerExample(field.shape)
  if (normalise === undefined) {
    return (indices, into) => {
      for (let i = 0; i < indices.length; i++) {
        const start = indices[i]! * size
        into.set(data.subarray(start, start + size), i * size)
      }
    }
  }
  const { scale, offset = 0 } = normalise
  if (data instanceof Uint8Array) {
    const table = Float32Array.from({ length: 256 }, (_, value) => value * scale + offset)
    return (indices, into) => {
      for (let i = 0; i < indices.length; i++) {
        const start = indices[i]! * size
        for (let j = 0; j < size; j++) into[i * size + j] = table[data[start + j]!]!
      }
    }
  }
  return (indices, into) => {
    for (let i = 0; i < indices.length; i++) {
      const start = indices[i]! * size
      for (let j = 0; j < size; j++) into[i * size + j] = data[start + j]! * scale + offset
    }
  }
}

function describeKind(value: unknown): string {
  if (value === null || typeof value !== 'object') return String(value)
  return `of the kind ${value.constructor?.name ?? 'object'}`
}
