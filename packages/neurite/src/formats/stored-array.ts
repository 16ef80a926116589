import { ShapeError } from '../errors.ts'

/** The kinds of typed array that the file formats give and take. `bool` is one byte per value, 0 or 1. */
export type StoredDType = 'float32' | 'float64' | 'int32' | 'uint8' | 'bool'

interface DataOf {
  float32: Float32Array
  float64: Float64Array
  int32: Int32Array
  uint8: Uint8Array
  bool: Uint8Array
}

/** An array as a file holds it: values in row-major order (the last axis varies fastest), and their shape. */
export type StoredArray = {
  [D in StoredDType]: { readonly dtype: D; readonly shape: readonly number[]; readonly data: DataOf[D] }
}[StoredDType]

/** How many values a shape holds; 1 for the shape [] of a single number. */
export function sizeOfShape(shape: readonly number[]): number {
  return shape.reduce((size, dimension) => size * dimension, 1)
}

/** Throws ShapeError unless `shape` is made of whole numbers from 0 and holds as many values as `array.data`. */
export function requireFittingShape(what: string, array: StoredArray): void {
  const { shape, data } = array
  const wrong = shape.find((dimension) => !Number.isSafeInteger(dimension) || dimension < 0)
  if (wrong !== undefined) {
    throw new ShapeError({
      what: `${what}: the shape [${shape.join(', ')}] contains ${wrong}`,
      expected: 'dimensions that are whole numbers, 0 or more',
      fix: 'pass the size of each axis',
    })
  }
  if (sizeOfShape(shape) !== data.length) {
    throw new ShapeError({
      what: `${what}: the shape [${shape.join(', ')}] does not fit ${data.length} values`,
      expected: `${sizeOfShape(shape)} values, the product of the dimensions`,
      fix: 'pass the shape that belongs to the data',
    })
  }
}
