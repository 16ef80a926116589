import { FileFormatError } from '../errors.ts'

/** A file's bytes, as `fs.readFile`, `response.arrayBuffer()` or a worker's message give them. */
export type Bytes = Uint8Array | ArrayBuffer

export type ByteOrder = 'little' | 'big'

const hostOrder: ByteOrder = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 'little' : 'big'

export function asBytes(bytes: Bytes): Uint8Array {
  return bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes)
}

/**
 * A copy of the bytes in the order of this machine, in a buffer of its own: typed arrays can then be laid over it,
 * wherever in its file the data began.
 */
export function toHostOrder(bytes: Uint8Array, elementSize: number, order: ByteOrder): ArrayBuffer {
  const copy = new Uint8Array(bytes.length)
  copy.set(bytes)
  if (order !== hostOrder) reverseElements(copy, elementSize)
  return copy.buffer
}

/** The bytes of a typed array in the given order; a copy only where the order is not this machine's. */
export function fromHostOrder(data: ArrayBufferView, elementSize: number, order: ByteOrder): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  if (order === hostOrder || elementSize === 1) return bytes
  const copy = bytes.slice()
  reverseElements(copy, elementSize)
  return copy
}

function reverseElements(bytes: Uint8Array, elementSize: number): void {
  if (elementSize === 1) return
  for (let start = 0; start < bytes.length; start += elementSize) bytes.subarray(start, start + elementSize).reverse()
}

/**
 * 64-bit integers as int32, the library's only integer type for computing.
 * Throws FileFormatError at the first value that int32 cannot hold.
 */
export function toInt32Checked(
  values: BigInt64Array | BigUint64Array | Uint32Array,
  what: string,
  storedAs: string,
): Int32Array {
  const result = new Int32Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const value = Number(values[i]!)
    if (value < -2147483648 || value > 2147483647) {
      throw new FileFormatError({
        what: `${what}: value ${values[i]!} at index ${i} (${storedAs}) is too large for int32`,
        expected: 'integers from -2147483648 to 2147483647, since integers are computed with as int32',
        fix: 'save the array as float64, or as smaller integers',
      })
    }
    result[i] = value
  }
  return result
}
