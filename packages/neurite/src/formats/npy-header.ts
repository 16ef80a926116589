import { FileFormatError } from '../errors.ts'
import { sizeOfShape } from './stored-array.ts'

export interface NpyHeader {
  /** NumPy's name for the kind of value, with its byte order: '<f4'. */
  readonly descr: string
  readonly fortranOrder: boolean
  readonly shape: readonly number[]
  /** Where the data begin in the file. */
  readonly dataStart: number
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]

/** Reads the header of an npy file: a Python dictionary with three entries. */
export function parseNpyHeader(bytes: Uint8Array): NpyHeader {
  if (magic.some((byte, at) => bytes[at] !== byte) || bytes.length < 12) {
    throw damaged(
      `the file (${bytes.length} bytes) does not begin like an npy file`,
      'the byte 93 and the letters NUMPY',
    )
  }
  const version = bytes[6]!
  if (version < 1 || version > 3) throw damaged(`the file has the version ${version}.${bytes[7]!}`, 'version 1, 2 or 3')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const textStart = version === 1 ? 10 : 12
  const dataStart = textStart + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true))
  if (dataStart > bytes.length) {
    throw damaged(`the header claims to end at byte ${dataStart}`, `at most ${bytes.length}, the size of the file`)
  }
  const text = new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(bytes.subarray(textStart, dataStart))
  return { ...parseDictionary(text), dataStart }
}

/** `'key': value` pairs, whose values are texts, True or False, tuples of whole numbers, or lists (for records). */
const entry = /\s*'(\w+)'\s*:\s*('[^']*'|True|False|\([\d\s,L]*\)|\[.*\])\s*(?:,|(?=\}))/gy

function parseDictionary(text: string): Omit<NpyHeader, 'dataStart'> {
  const dictionary = /^\s*\{(.*)\}\s*$/s.exec(text)?.[1]
  const found = new Map<string, string>()
  const body = `${dictionary ?? ''}}`
  entry.lastIndex = 0
  let end = 0
  for (let match = entry.exec(body); match !== null; match = entry.exec(body)) {
    found.set(match[1]!, match[2]!)
    end = entry.lastIndex
  }
  const descr = found.get('descr')
  const order = found.get('fortran_order')
  const shape = found.get('shape')
  const isWhole = dictionary !== undefined && body.slice(end).trim() === '}' && found.size === 3
  if (!isWhole || descr === undefined || !/^(True|False)$/.test(order ?? '') || !shape?.startsWith('(')) {
    throw damaged(
      `the header is ${JSON.stringify(text.trim().slice(0, 200))}`,
      "a dictionary with 'descr', 'fortran_order' and 'shape'",
    )
  }
  return { descr: parseDescr(descr), fortranOrder: order === 'True', shape: parseShape(shape) }
}

function parseDescr(descr: string): string {
  if (descr.startsWith("'")) return descr.slice(1, -1)
  throw new FileFormatError({
    what: `npy: the values are records: ${descr}`,
    expected: 'an array of numbers',
    fix: 'save each field of the records as an array of its own',
  })
}

function parseShape(tuple: string): number[] {
  const numbers = tuple.slice(1, -1).split(',')
  if (numbers.at(-1)!.trim() === '') numbers.pop()
  // Python 2 wrote large numbers with an L at their end.
  const shape = numbers.map((text) => Number(text.trim().replace(/L$/, '') || Number.NaN))
  if (shape.every(Number.isSafeInteger) && Number.isSafeInteger(sizeOfShape(shape))) return shape
  throw damaged(`the shape is ${tuple}`, 'whole numbers whose product can be counted')
}

function damaged(what: string, expected: string): FileFormatError {
  return new FileFormatError({ what: `npy: ${what}`, expected, fix: 'save or copy the file again; it may be damaged' })
}
