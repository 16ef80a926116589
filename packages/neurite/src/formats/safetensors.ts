import { ArgumentError, DTypeError } from '../errors.ts'
import { asBytes, fromHostOrder, toHostOrder, toInt32Checked } from './bytes.ts'
import type { Bytes } from './bytes.ts'
import { bfloat16ToFloat32, float16ToFloat32, float32ToBfloat16, float32ToFloat16 } from './half.ts'
import { bytesPerValue, isSafetensorsDType, parseSafetensorsHeader, SafetensorsError } from './safetensors-header.ts'
import type { SafetensorsDType } from './safetensors-header.ts'
import { requireFittingShape } from './stored-array.ts'
import type { StoredArray } from './stored-array.ts'

/** A tensor of a safetensors file: its values as this library computes with them, and how the file holds them. */
export type SafetensorsTensor = StoredArray & { readonly storedAs: SafetensorsDType }

/** What a safetensors file holds. */
export interface SafetensorsFile {
  /** By name, in the order of their data in the file. */
  readonly tensors: Map<string, SafetensorsTensor>
  readonly metadata: Readonly<Record<string, string>>
}

/** What to write: `storedAs` asks for another dtype in the file than the usual one (F16, BF16, I64 and so on). */
export interface SafetensorsContent {
  readonly tensors: ReadonlyMap<string, StoredArray & { readonly storedAs?: SafetensorsDType }>
  readonly metadata?: Readonly<Record<string, string>>
}

export interface ReadSafetensorsOptions {
  /** Keep F64 tensors as float64 (the default), or round them to float32. */
  readonly float64?: 'keep' | 'float32'
}

/**
 * Reads a safetensors file, and refuses every file that breaks the format: header length and text, names, shapes and
 * offsets are all checked before the first tensor is read. The values are copies.
 *
 * F32, F16 and BF16 become float32 (exactly). F64 stays float64, or becomes float32 on request. I8, I16, I32 and U16
 * become int32; so do U32, I64 and U64 when every value fits. U8 and BOOL become uint8 and bool.
 *
 * Source: the format's description in the repository huggingface/safetensors.
 *
 * @throws SafetensorsError (a FileFormatError) whose `rule` names the broken rule
 * @throws FileFormatError for an integer that int32 cannot hold
 *
 * @example
 * ```ts
 * import { readSafetensors, writeSafetensors } from 'neurite/formats'
 *
 * const bias = { dtype: 'float32', shape: [2], data: new Float32Array([0.5, -1]) } as const
 * const bytes = writeSafetensors({ tensors: new Map([['fc1.bias', bias]]), metadata: { epochs: '3' } })
 * const { tensors, metadata } = readSafetensors(bytes)
 * console.log([...tensors.get('fc1.bias')!.data]) // → [ 0.5, -1 ]
 * console.log(metadata['epochs']) // → 3
 * ```
 */
export function readSafetensors(file: Bytes, options: ReadSafetensorsOptions = {}): SafetensorsFile {
  const bytes = asBytes(file)
  const { entries, metadata, dataStart } = parseSafetensorsHeader(bytes)
  const tensors = new Map<string, SafetensorsTensor>()
  for (const { name, dtype, shape, begin, end } of entries) {
    const raw = bytes.subarray(dataStart + begin, dataStart + end)
    const array = decode(name, raw, dtype, shape, options.float64 ?? 'keep')
    tensors.set(name, { ...array, storedAs: dtype })
  }
  return { tensors, metadata }
}

/**
 * Writes a safetensors file. Larger value sizes come first, so that every tensor is aligned to its values; within one
 * size the order of the map is kept. float32 is stored as F32, float64 as F64, int32 as I32, uint8 as U8 and bool as
 * BOOL, unless `storedAs` asks for another dtype; rounding is to the nearest, ties to even.
 *
 * @throws ShapeError when a shape does not fit its data
 * @throws DTypeError when the values cannot be stored as asked: float32 as I64, or 300 as I8
 * @throws ArgumentError for a tensor named `__metadata__`, and for metadata that are no strings
 *
 * @example
 * ```ts
 * import { writeSafetensors } from 'neurite/formats'
 *
 * const steps = { dtype: 'int32', shape: [], data: new Int32Array([7]), storedAs: 'I64' } as const
 * const bytes = writeSafetensors({ tensors: new Map([['norm1.num_batches_tracked', steps]]) })
 * console.log(new TextDecoder().decode(bytes.subarray(8, 50))) // → {"norm1.num_batches_tracked":{"dtype":"I64
 * ```
 */
export function writeSafetensors(content: SafetensorsContent): Uint8Array {
  const tensors = [...content.tensors].map(([name, array]) => encode(name, array))
  tensors.sort((a, b) => bytesPerValue[b.dtype] - bytesPerValue[a.dtype])

  const header: [string, unknown][] = []
  if (content.metadata !== undefined) header.push(['__metadata__', checkMetadata(content.metadata)])
  let position = 0
  for (const { name, dtype, shape, bytes } of tensors) {
    header.push([name, { dtype, shape, data_offsets: [position, position + bytes.length] }])
    position += bytes.length
  }
  let text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)))
  // Spaces after the JSON let the data begin at a multiple of 8.
  const padded = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20)
  padded.set(text)
  text = padded

  const file = new Uint8Array(8 + text.length + position)
  new DataView(file.buffer).setUint32(0, text.length, true)
  file.set(text, 8)
  let at = 8 + text.length
  for (const { bytes } of tensors) {
    file.set(bytes, at)
    at += bytes.length
  }
  return file
}

function decode(
  name: string,
  raw: Uint8Array,
  dtype: SafetensorsDType,
  shape: readonly number[],
  float64: 'keep' | 'float32',
): StoredArray {
  const buffer = toHostOrder(raw, bytesPerValue[dtype], 'little')
  const integers = (data: Int32Array): StoredArray => ({ dtype: 'int32', shape, data })
  const floats = (data: Float32Array): StoredArray => ({ dtype: 'float32', shape, data })
  const what = `safetensors: '${name}'`
  switch (dtype) {
    case 'F32':
      return floats(new Float32Array(buffer))
    case 'F16':
      return floats(float16ToFloat32(new Uint16Array(buffer)))
    case 'BF16':
      return floats(bfloat16ToFloat32(new Uint16Array(buffer)))
    case 'F64': {
      const data = new Float64Array(buffer)
      return float64 === 'keep' ? { dtype: 'float64', shape, data } : floats(Float32Array.from(data))
    }
    case 'I32':
      return integers(new Int32Array(buffer))
    case 'I16':
      return integers(Int32Array.from(new Int16Array(buffer)))
    case 'I8':
      return integers(Int32Array.from(new Int8Array(buffer)))
    case 'U16':
      return integers(Int32Array.from(new Uint16Array(buffer)))
    case 'U32':
      return integers(toInt32Checked(new Uint32Array(buffer), what, dtype))
    case 'I64':
      return integers(toInt32Checked(new BigInt64Array(buffer), what, dtype))
    case 'U64':
      return integers(toInt32Checked(new BigUint64Array(buffer), what, dtype))
    case 'U8':
      return { dtype: 'uint8', shape, data: new Uint8Array(buffer) }
    case 'BOOL':
      return { dtype: 'bool', shape, data: checkBool(name, new Uint8Array(buffer)) }
  }
}

function checkBool(name: string, data: Uint8Array): Uint8Array {
  const wrong = data.findIndex((value) => value > 1)
  if (wrong < 0) return data
  throw new SafetensorsError('InvalidBool', {
    what: `'${name}' holds the byte ${data[wrong]!} at index ${wrong}`,
    expected: '0 or 1 in a BOOL tensor',
    fix: 'store other numbers as U8',
  })
}

interface EncodedTensor {
  readonly name: string
  readonly dtype: SafetensorsDType
  readonly shape: readonly number[]
  readonly bytes: Uint8Array
}

const usualDType = { float32: 'F32', float64: 'F64', int32: 'I32', uint8: 'U8', bool: 'BOOL' } as const

function encode(name: string, array: StoredArray & { readonly storedAs?: SafetensorsDType }): EncodedTensor {
  if (name === '__metadata__') {
    throw new ArgumentError({
      what: "safetensors: a tensor is named '__metadata__'",
      expected: 'any other name, since the format keeps this one for the metadata',
      fix: 'rename the tensor',
    })
  }
  requireFittingShape(`safetensors: '${name}'`, array)
  const dtype = array.storedAs ?? usualDType[array.dtype]
  const data = convert(name, array, dtype)
  return { name, dtype, shape: array.shape, bytes: fromHostOrder(data, bytesPerValue[dtype], 'little') }
}

function convert(name: string, array: StoredArray, dtype: SafetensorsDType): ArrayBufferView {
  if (dtype === usualDType[array.dtype]) {
    return array.dtype === 'bool' ? checkBool(name, array.data) : array.data
  }
  if (array.dtype === 'float32') {
    if (dtype === 'F16') return float32ToFloat16(array.data)
    if (dtype === 'BF16') return float32ToBfloat16(array.data)
    if (dtype === 'F64') return Float64Array.from(array.data)
  }
  if (array.dtype === 'int32') {
    if (dtype === 'I64') return BigInt64Array.from(array.data, BigInt)
    if (dtype === 'U64') return BigUint64Array.from(inRange(name, array.data, dtype, 0, 2147483647), BigInt)
    if (dtype === 'U32') return Uint32Array.from(inRange(name, array.data, dtype, 0, 2147483647))
    if (dtype === 'I16') return Int16Array.from(inRange(name, array.data, dtype, -32768, 32767))
    if (dtype === 'U16') return Uint16Array.from(inRange(name, array.data, dtype, 0, 65535))
    if (dtype === 'I8') return Int8Array.from(inRange(name, array.data, dtype, -128, 127))
  }
  throw new DTypeError({
    what: `safetensors: '${name}' holds ${array.dtype} values and was to be stored as ${dtype}`,
    expected: isSafetensorsDType(dtype)
      ? 'float32 as F32, F16, BF16 or F64; float64 as F64; int32 as any integer but U8; uint8 as U8; bool as BOOL'
      : `one of ${Object.keys(bytesPerValue).join(', ')}`,
    fix: 'convert the values first, or leave storedAs out',
  })
}

function inRange(name: string, data: Int32Array, dtype: SafetensorsDType, low: number, high: number): Int32Array {
  const wrong = data.findIndex((value) => value < low || value > high)
  if (wrong < 0) return data
  throw new DTypeError({
    what: `safetensors: '${name}' holds ${data[wrong]!} at index ${wrong} and was to be stored as ${dtype}`,
    expected: `values from ${low} to ${high}`,
    fix: 'store the tensor as I32',
  })
}

function checkMetadata(metadata: Readonly<Record<string, string>>): Record<string, string> {
  for (const [key, value] of Object.entries(metadata)) {
    if (typeof value === 'string') continue
    throw new ArgumentError({
      what: `safetensors: the metadata hold ${JSON.stringify(value)} under '${key}'`,
      expected: 'strings only',
      fix: `convert the value, for example with JSON.stringify(${key})`,
    })
  }
  return { ...metadata }
}
