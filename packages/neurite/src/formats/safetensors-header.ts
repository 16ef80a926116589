import { FileFormatError } from '../errors.ts'
import type { ErrorParts } from '../errors.ts'
import { findDuplicateKey } from './json-keys.ts'

/** Bytes per value of each dtype that can be read and written. */
export const bytesPerValue = {
  F64: 8,
  I64: 8,
  U64: 8,
  F32: 4,
  I32: 4,
  U32: 4,
  F16: 2,
  BF16: 2,
  I16: 2,
  U16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
} as const

/** A dtype as safetensors files name it. */
export type SafetensorsDType = keyof typeof bytesPerValue

/**
 * The rule of the format that a file breaks, by the name that the format's own implementation gives it. Three are this
 * reader's own: a dtype that it does not know, a name that appears twice, and a BOOL that is neither 0 nor 1.
 */
export type SafetensorsRule =
  | 'HeaderTooSmall'
  | 'HeaderTooLarge'
  | 'InvalidHeaderLength'
  | 'InvalidHeader'
  | 'InvalidHeaderDeserialization'
  | 'InvalidOffset'
  | 'TensorInvalidInfo'
  | 'ValidationOverflow'
  | 'MetadataIncompleteBuffer'
  | 'UnsupportedDType'
  | 'DuplicateName'
  | 'InvalidBool'

/** A safetensors file that breaks a rule of its format; `rule` says which. */
export class SafetensorsError extends FileFormatError {
  readonly rule: SafetensorsRule

  constructor(rule: SafetensorsRule, parts: ErrorParts) {
    super({ ...parts, what: `safetensors (${rule}): ${parts.what}` })
    this.rule = rule
  }

  override get name(): string {
    return 'SafetensorsError'
  }
}

/** One tensor of the header; the offsets count from the end of the header. */
export interface TensorEntry {
  readonly name: string
  readonly dtype: SafetensorsDType
  readonly shape: readonly number[]
  readonly begin: number
  readonly end: number
}

export interface SafetensorsHeader {
  /** In the order of their data. */
  readonly entries: readonly TensorEntry[]
  readonly metadata: Readonly<Record<string, string>>
  /** Where the data begin in the file. */
  readonly dataStart: number
}

/** The format's own limit for the header, in bytes. */
const largestHeader = 100_000_000
const damaged = 'copy or download the file again; it may be cut off or damaged'

/** Reads the header and checks every rule of the format, before any tensor is touched. */
export function parseSafetensorsHeader(bytes: Uint8Array): SafetensorsHeader {
  const length = headerLength(bytes)
  const parsed = parseJson(bytes.subarray(8, 8 + length))
  let metadata: Record<string, string> = {}
  const entries: TensorEntry[] = []
  for (const [name, value] of Object.entries(parsed)) {
    if (name === '__metadata__') metadata = parseMetadata(value)
    else entries.push(parseEntry(name, value))
  }
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end)
  checkLayout(entries, bytes.length - 8 - length)
  return { entries, metadata, dataStart: 8 + length }
}

function headerLength(bytes: Uint8Array): number {
  if (bytes.length < 8) {
    throw new SafetensorsError('HeaderTooSmall', {
      what: `the file has ${bytes.length} bytes`,
      expected: 'at least 8 bytes, which give the length of the header',
      fix: damaged,
    })
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, 8)
  const length = view.getUint32(0, true) + view.getUint32(4, true) * 4294967296
  if (length > largestHeader) {
    throw new SafetensorsError('HeaderTooLarge', {
      what: `the header claims to be ${length} bytes long`,
      expected: `at most ${largestHeader} bytes`,
      fix: 'check that the file really is a safetensors file',
    })
  }
  if (length > bytes.length - 8) {
    throw new SafetensorsError('InvalidHeaderLength', {
      what: `the header claims to be ${length} bytes long, and only ${bytes.length - 8} follow`,
      expected: 'a header that lies within the file',
      fix: damaged,
    })
  }
  return length
}

function parseJson(bytes: Uint8Array): Record<string, unknown> {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw new SafetensorsError('InvalidHeader', {
      what: 'the header is not UTF-8 text',
      expected: 'a JSON object in UTF-8',
      fix: damaged,
      cause,
    })
  }
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (cause) {
    throw new SafetensorsError('InvalidHeaderDeserialization', {
      what: 'the header is not valid JSON',
      expected: 'a JSON object with one entry per tensor',
      fix: damaged,
      cause,
    })
  }
  if (!isObject(parsed))
    throw deserialization('the header is JSON, but no object', 'an object with one entry per tensor')
  const twice = findDuplicateKey(text)
  if (twice !== undefined) {
    throw new SafetensorsError('DuplicateName', {
      what: `the header holds '${twice}' twice`,
      expected: 'every name once',
      fix: 'write the file again with distinct names',
    })
  }
  return parsed
}

function parseMetadata(value: unknown): Record<string, string> {
  if (!isObject(value)) throw deserialization('__metadata__ is no object', 'an object of strings')
  const entries = Object.entries(value).map(([key, text]): [string, string] => {
    if (typeof text === 'string') return [key, text]
    throw deserialization(`__metadata__ holds ${JSON.stringify(text)} under '${key}'`, 'strings only')
  })
  return Object.fromEntries(entries)
}

function parseEntry(name: string, value: unknown): TensorEntry {
  if (!isObject(value)) throw deserialization(`'${name}' is no object`, 'an object with dtype, shape and data_offsets')
  const { dtype, shape, data_offsets: offsets } = value
  if (typeof dtype !== 'string') throw deserialization(`'${name}' has no dtype`, 'a dtype such as "F32"')
  if (!isSafetensorsDType(dtype)) {
    throw new SafetensorsError('UnsupportedDType', {
      what: `'${name}' has the dtype ${JSON.stringify(dtype)}`,
      expected: `one of ${Object.keys(bytesPerValue).join(', ')}`,
      fix: 'convert the tensor where the file is written, for example to float32',
    })
  }
  if (!isCounts(shape))
    throw deserialization(`the shape of '${name}' is ${JSON.stringify(shape)}`, 'a list of whole numbers')
  if (!isCounts(offsets) || offsets.length !== 2 || !offsets.every(Number.isSafeInteger)) {
    throw deserialization(`data_offsets of '${name}' is ${JSON.stringify(offsets)}`, 'two whole numbers, begin and end')
  }
  return { name, dtype, shape, begin: offsets[0]!, end: offsets[1]! }
}

/** The data must follow each other without gap or overlap, have the size of their shape, and fill the file. */
function checkLayout(entries: readonly TensorEntry[], dataLength: number): void {
  let position = 0
  for (const { name, dtype, shape, begin, end } of entries) {
    if (begin !== position || end < begin) {
      throw new SafetensorsError('InvalidOffset', {
        what: `'${name}' lies at bytes ${begin} to ${end} of the data`,
        expected: `a tensor that begins at byte ${position}, where the one before it ends`,
        fix: damaged,
      })
    }
    let size: number = bytesPerValue[dtype]
    for (const dimension of shape) {
      size *= dimension
      if (Number.isSafeInteger(size) && Number.isSafeInteger(dimension)) continue
      throw new SafetensorsError('ValidationOverflow', {
        what: `the shape [${shape.join(', ')}] of '${name}' is too large to count its bytes`,
        expected: 'a tensor that fits into the file',
        fix: damaged,
      })
    }
    if (end - begin !== size) {
      throw new SafetensorsError('TensorInvalidInfo', {
        what: `'${name}' has ${end - begin} bytes of data`,
        expected: `${size} bytes for ${dtype} in the shape [${shape.join(', ')}]`,
        fix: damaged,
      })
    }
    position = end
  }
  if (position !== dataLength) {
    throw new SafetensorsError('MetadataIncompleteBuffer', {
      what: `the tensors take ${position} bytes, and the file holds ${dataLength} bytes of data`,
      expected: 'data that end with the last tensor',
      fix: damaged,
    })
  }
}

export function isSafetensorsDType(name: string): name is SafetensorsDType {
  return Object.hasOwn(bytesPerValue, name)
}

function deserialization(what: string, expected: string): SafetensorsError {
  return new SafetensorsError('InvalidHeaderDeserialization', { what, expected, fix: damaged })
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whole numbers from 0; too large ones are told apart later, since they have an error of their own. */
function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((count) => Number.isInteger(count) && count >= 0)
}
