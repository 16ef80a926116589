import { DTypeError, FileFormatError } from '../errors.ts'
import { asBytes, fromHostOrder, toHostOrder } from './bytes.ts'
import type { Bytes } from './bytes.ts'
import { requireFittingShape, sizeOfShape } from './stored-array.ts'
import type { StoredArray } from './stored-array.ts'

/** The codes for the kind of value, and the bytes per value. */
const kinds = new Map([
  [0x08, { kind: 'uint8', size: 1 }],
  [0x09, { kind: 'int8', size: 1 }],
  [0x0b, { kind: 'int16', size: 2 }],
  [0x0c, { kind: 'int32', size: 4 }],
  [0x0d, { kind: 'float32', size: 4 }],
  [0x0e, { kind: 'float64', size: 8 }],
] as const)

const damaged = 'download or copy the file again, and decompress it first if its name ends in .gz'

/**
 * Reads an IDX file, the format of the MNIST pictures (idx3) and labels (idx1), with any number of axes. Signed bytes
 * and 16-bit integers become int32; the values are a copy.
 *
 * Source: the description on Yann LeCun's MNIST page.
 *
 * @throws FileFormatError for a wrong magic number or kind of value, and for a file that is too short or too long
 *
 * @example
 * ```ts
 * import { readIdx } from 'neurite/formats'
 *
 * const labels = readIdx(new Uint8Array([0, 0, 8, 1, 0, 0, 0, 3, 7, 2, 1]))
 * console.log(labels.dtype, labels.shape, [...labels.data]) // → uint8 [ 3 ] [ 7, 2, 1 ]
 * ```
 */
export function readIdx(file: Bytes): StoredArray {
  const bytes = asBytes(file)
  const rank = bytes[3] ?? 0
  const headerSize = 4 + 4 * rank
  if (bytes.length < 4 || bytes.length < headerSize) {
    throw new FileFormatError({
      what: `IDX: the file has ${bytes.length} bytes and ends within its header`,
      expected: `4 bytes, and 4 more for each axis`,
      fix: damaged,
    })
  }
  const code = bytes[2]!
  const found = kinds.get(code as Parameters<typeof kinds.get>[0])
  if (bytes[0] !== 0 || bytes[1] !== 0 || found === undefined) {
    const start = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    throw new FileFormatError({
      what: `IDX: the file begins with the bytes ${start}`,
      expected: '00 00, a kind of value (08, 09, 0b, 0c, 0d or 0e) and the number of axes',
      fix: bytes[0] === 0x1f && bytes[1] === 0x8b ? 'decompress the file first, it is gzip' : damaged,
    })
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis))
  const dataSize = sizeOfShape(shape) * found.size
  if (bytes.length - headerSize !== dataSize) {
    throw new FileFormatError({
      what: `IDX: ${bytes.length - headerSize} bytes of data follow the header`,
      expected: `${dataSize} bytes for ${found.kind} values in the shape [${shape.join(', ')}]`,
      fix: damaged,
    })
  }
  const buffer = toHostOrder(bytes.subarray(headerSize), found.size, 'big')
  switch (found.kind) {
    case 'uint8':
      return { dtype: 'uint8', shape, data: new Uint8Array(buffer) }
    case 'int8':
      return { dtype: 'int32', shape, data: Int32Array.from(new Int8Array(buffer)) }
    case 'int16':
      return { dtype: 'int32', shape, data: Int32Array.from(new Int16Array(buffer)) }
    case 'int32':
      return { dtype: 'int32', shape, data: new Int32Array(buffer) }
    case 'float32':
      return { dtype: 'float32', shape, data: new Float32Array(buffer) }
    case 'float64':
      return { dtype: 'float64', shape, data: new Float64Array(buffer) }
  }
}

const codes = { uint8: [0x08, 1], int32: [0x0c, 4], float32: [0x0d, 4], float64: [0x0e, 8] } as const

/**
 * Writes an IDX file.
 *
 * @throws ShapeError when the shape does not fit the data
 * @throws FileFormatError for more than 255 axes, or an axis of 2^32 and more
 * @throws DTypeError for bool, which the format does not have
 *
 * @example
 * ```ts
 * import { writeIdx } from 'neurite/formats'
 *
 * const bytes = writeIdx({ dtype: 'uint8', shape: [3], data: new Uint8Array([7, 2, 1]) })
 * console.log(bytes.join(' ')) // → 0 0 8 1 0 0 0 3 7 2 1
 * ```
 */
export function writeIdx(array: StoredArray): Uint8Array {
  requireFittingShape('IDX', array)
  const { shape } = array
  if (array.dtype === 'bool') {
    throw new DTypeError({
      what: 'IDX: the values are bool',
      expected: 'uint8, int32, float32 or float64 values',
      fix: "write them as dtype 'uint8'",
    })
  }
  if (shape.length > 255 || shape.some((dimension) => dimension > 0xffffffff)) {
    throw new FileFormatError({
      what: `IDX: the shape [${shape.join(', ')}] cannot be written`,
      expected: 'at most 255 axes, each below 4294967296',
      fix: 'reshape the array, or use another format',
    })
  }
  const [code, size] = codes[array.dtype]
  const headerSize = 4 + 4 * shape.length
  const file = new Uint8Array(headerSize + array.data.byteLength)
  const view = new DataView(file.buffer)
  view.setUint8(2, code)
  view.setUint8(3, shape.length)
  shape.forEach((dimension, axis) => view.setUint32(4 + 4 * axis, dimension))
  file.set(fromHostOrder(array.data, size, 'big'), headerSize)
  return file
}
