import { FileFormatError } from '../errors.ts'
import { asBytes, fromHostOrder, toHostOrder, toInt32Checked } from './bytes.ts'
import type { Bytes } from './bytes.ts'
import { float16ToFloat32 } from './half.ts'
import { parseNpyHeader } from './npy-header.ts'
import { requireFittingShape, sizeOfShape } from './stored-array.ts'
import type { StoredArray } from './stored-array.ts'

/** Bytes per value of NumPy's kinds of number that can be read. */
const sizes = { f2: 2, f4: 4, f8: 8, i1: 1, i2: 2, i4: 4, i8: 8, u1: 1, u2: 2, u4: 4, u8: 8, b1: 1 } as const

type Kind = keyof typeof sizes

/**
 * Reads an array that NumPy saved (`numpy.save`), of version 1, 2 or 3 and either byte order. Arrays in Fortran's order
 * come out in row-major order. float16 becomes float32; int8, int16 and uint16 become int32, and so do uint32, int64
 * and uint64 when every value fits. The values are a copy.
 *
 * Source: NumPy's documentation, module numpy.lib.format.
 *
 * @throws FileFormatError for a damaged file, for text, complex numbers and records, and for Python objects, which only
 *   Python could read, by running code from the file
 *
 * @example
 * ```ts
 * import { readNpy, writeNpy } from 'neurite/formats'
 *
 * const bytes = writeNpy({ dtype: 'int32', shape: [2, 1], data: new Int32Array([3, -4]) })
 * const { dtype, shape, data } = readNpy(bytes)
 * console.log(dtype, shape, [...data]) // → int32 [ 2, 1 ] [ 3, -4 ]
 * ```
 */
export function readNpy(file: Bytes): StoredArray {
  const bytes = asBytes(file)
  const { descr, fortranOrder, shape, dataStart } = parseNpyHeader(bytes)
  const kind = descr.slice(1)
  const order = descr.startsWith('>') ? 'big' : 'little'
  if (!/^[<>|=]/.test(descr) || !isKind(kind)) {
    throw new FileFormatError({
      what: `npy: the values are of the kind '${descr}'${kind === 'O' ? ' (Python objects)' : ''}`,
      expected: `numbers: ${Object.keys(sizes).join(', ')}`,
      fix: 'convert the array before saving it, for example with array.astype("float32")',
    })
  }
  const size = sizeOfShape(shape) * sizes[kind]
  const raw = bytes.subarray(dataStart)
  if (raw.length !== size) {
    throw new FileFormatError({
      what: `npy: ${raw.length} bytes of data follow the header`,
      expected: `${size} bytes for '${descr}' in the shape [${shape.join(', ')}]`,
      fix: 'save or copy the file again; it may be cut off',
    })
  }
  const buffer = toHostOrder(raw, sizes[kind], order)
  return decode(kind, fortranOrder ? toRowMajor(buffer, shape, sizes[kind]) : buffer, shape)
}

function decode(kind: Kind, buffer: ArrayBuffer, shape: readonly number[]): StoredArray {
  const integers = (data: Int32Array): StoredArray => ({ dtype: 'int32', shape, data })
  switch (kind) {
    case 'f2':
      return { dtype: 'float32', shape, data: float16ToFloat32(new Uint16Array(buffer)) }
    case 'f4':
      return { dtype: 'float32', shape, data: new Float32Array(buffer) }
    case 'f8':
      return { dtype: 'float64', shape, data: new Float64Array(buffer) }
    case 'i1':
      return integers(Int32Array.from(new Int8Array(buffer)))
    case 'i2':
      return integers(Int32Array.from(new Int16Array(buffer)))
    case 'i4':
      return integers(new Int32Array(buffer))
    case 'i8':
      return integers(toInt32Checked(new BigInt64Array(buffer), 'npy', kind))
    case 'u1':
      return { dtype: 'uint8', shape, data: new Uint8Array(buffer) }
    case 'u2':
      return integers(Int32Array.from(new Uint16Array(buffer)))
    case 'u4':
      return integers(toInt32Checked(new Uint32Array(buffer), 'npy', kind))
    case 'u8':
      return integers(toInt32Checked(new BigUint64Array(buffer), 'npy', kind))
    case 'b1':
      return { dtype: 'bool', shape, data: requireBool(new Uint8Array(buffer)) }
  }
}

function requireBool(data: Uint8Array): Uint8Array {
  const wrong = data.findIndex((value) => value > 1)
  if (wrong < 0) return data
  throw new FileFormatError({
    what: `npy: the byte ${data[wrong]!} at index ${wrong} of bool values`,
    expected: '0 or 1',
    fix: 'save other numbers as uint8',
  })
}

const descrs = { float32: '<f4', float64: '<f8', int32: '<i4', uint8: '|u1', bool: '|b1' } as const

/**
 * Writes an array as `numpy.save` does (version 1, row-major, little-endian).
 *
 * @throws ShapeError when the shape does not fit the data
 *
 * @example
 * ```ts
 * import { writeNpy } from 'neurite/formats'
 *
 * const bytes = writeNpy({ dtype: 'float32', shape: [3], data: new Float32Array([1, 2, 3]) })
 * console.log(new TextDecoder().decode(bytes.subarray(10, 67)))
 * // → {'descr': '<f4', 'fortran_order': False, 'shape': (3,), }
 * ```
 */
export function writeNpy(array: StoredArray): Uint8Array {
  requireFittingShape('npy', array)
  const tuple = array.shape.length === 1 ? `${array.shape[0]!},` : array.shape.join(', ')
  const header = `{'descr': '${descrs[array.dtype]}', 'fortran_order': False, 'shape': (${tuple}), }`
  // NumPy asks for data at a multiple of 64; the header ends with spaces and a line feed.
  const dataStart = Math.ceil((10 + header.length + 1) / 64) * 64
  const file = new Uint8Array(dataStart + array.data.byteLength)
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0])
  new DataView(file.buffer).setUint16(8, dataStart - 10, true)
  file.set(new TextEncoder().encode(`${header.padEnd(dataStart - 11, ' ')}\n`), 10)
  file.set(fromHostOrder(array.data, array.data.BYTES_PER_ELEMENT, 'little'), dataStart)
  return file
}

/** Column-major (the first axis varies fastest) to row-major, whatever the values are. */
function toRowMajor(buffer: ArrayBuffer, shape: readonly number[], size: number): ArrayBuffer {
  const from = new Uint8Array(buffer)
  const to = new Uint8Array(from.length)
  const position = shape.map(() => 0)
  for (let at = 0; at < to.length; at += size) {
    let source = 0
    for (let axis = shape.length - 1; axis >= 0; axis--) source = source * shape[axis]! + position[axis]!
    to.set(from.subarray(source * size, (source + 1) * size), at)
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      position[axis]! += 1
      if (position[axis]! < shape[axis]!) break
      position[axis] = 0
    }
  }
  return to.buffer
}

function isKind(kind: string): kind is Kind {
  return Object.hasOwn(sizes, kind)
}
