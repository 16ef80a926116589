import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ArgumentError, DTypeError, FileFormatError, ShapeError } from '../../src/errors.ts'
import { readSafetensors, SafetensorsError, writeSafetensors } from '../../src/formats/index.ts'
import type { SafetensorsRule, StoredArray } from '../../src/formats/index.ts'
import { needs, sharedPath } from '../support/shared.ts'

const suite = sharedPath('suites/safetensors')
const suiteName = '../shared/suites/safetensors'

interface Expected {
  file: string
  bytes: number
  expect: 'ok' | 'error'
  error: string | null
}

/** A file with any header text and data. */
function file(header: string | Uint8Array, data: ArrayLike<number> = []): Uint8Array {
  const text = typeof header === 'string' ? new TextEncoder().encode(header) : header
  const bytes = new Uint8Array(8 + text.length + data.length)
  new DataView(bytes.buffer).setUint32(0, text.length, true)
  bytes.set(text, 8)
  bytes.set(Uint8Array.from(data), 8 + text.length)
  return bytes
}

const bytesOf = (data: ArrayBufferView): Buffer => Buffer.from(data.buffer, data.byteOffset, data.byteLength)

const entry = (dtype: string, shape: unknown, begin: unknown, end: unknown): object => ({
  dtype,
  shape,
  data_offsets: [begin, end],
})

function ruleOf(bytes: Uint8Array): SafetensorsRule {
  try {
    readSafetensors(bytes)
  } catch (error) {
    expect(error).toBeInstanceOf(SafetensorsError)
    expect(error).toBeInstanceOf(FileFormatError)
    return (error as SafetensorsError).rule
  }
  throw new Error('the file was read without complaint')
}

describe("the format's own vectors", () => {
  test('what must load loads, what must be refused is refused with the named rule', (context) => {
    const folder = needs(context, suiteName, suite)
    const expected = JSON.parse(readFileSync(`${folder}/expected.json`, 'utf8')) as Record<string, Expected>
    const results = Object.values(expected).map((vector) => {
      const bytes = readFileSync(`${folder}/vectors/${vector.file}`)
      expect(bytes.length).toBe(vector.bytes)
      return { ...vector, error: vector.expect === 'ok' ? (readSafetensors(bytes), null) : ruleOf(bytes) }
    })
    expect(results.length).toBe(9)
    expect(results).toEqual(Object.values(expected))
  })

  test('the values of the loadable vectors', (context) => {
    const folder = needs(context, suiteName, suite)
    const read = (name: string) => readSafetensors(readFileSync(`${folder}/vectors/${name}.safetensors`)).tensors
    expect(read('test_deserialization').get('test')).toEqual({
      dtype: 'int32',
      storedAs: 'I32',
      shape: [2, 2],
      data: new Int32Array(4),
    })
    expect(read('test_zero_sized_tensor').get('test')!.shape).toEqual([2, 0])
    expect(read('test_zero_sized_tensor').get('test')!.data.length).toBe(0)
    expect(read('test_whitespace_leading_padded_header').size).toBe(0)
  })

  test.for(['burn-mnist', 'burn-multi_layer'])(
    '%s, written from PyTorch, is read and written back',
    (name, context) => {
      const folder = needs(context, suiteName, suite)
      const file = readSafetensors(readFileSync(`${folder}/real/${name}.safetensors`))
      const batches = file.tensors.get('norm1.num_batches_tracked')!
      expect([batches.dtype, batches.storedAs, batches.shape]).toEqual(['int32', 'I64', []])
      const weight = file.tensors.get('fc1.weight')!
      expect(weight.shape).toEqual(name === 'burn-mnist' ? [32, 11616] : [16, 256])
      expect(weight.data.every((value) => Number.isFinite(value) && Math.abs(value) < 1)).toBe(true)
      expect(weight.data.some((value) => value !== 0)).toBe(true)
      const again = readSafetensors(writeSafetensors(file)).tensors
      expect(again.size).toBe(file.tensors.size)
      for (const [name, { data, ...rest }] of file.tensors) {
        expect(again.get(name)).toMatchObject(rest)
        expect(Buffer.compare(bytesOf(again.get(name)!.data), bytesOf(data))).toBe(0)
      }
    },
  )
})

describe('the rules that the vectors do not cover', () => {
  const cases: [SafetensorsRule, string, Uint8Array][] = [
    ['HeaderTooSmall', 'fewer than 8 bytes', new Uint8Array(7)],
    ['InvalidHeader', 'a header that is not UTF-8', file(new Uint8Array([0x7b, 0xff, 0x7d]))],
    ['InvalidHeaderDeserialization', 'a list', file('[]')],
    ['InvalidHeaderDeserialization', 'an entry without fields', file('{"a":{}}')],
    ['InvalidHeaderDeserialization', 'an entry that is null', file('{"a":null}')],
    ['InvalidHeaderDeserialization', 'a negative dimension', file(JSON.stringify({ a: entry('U8', [-1], 0, 0) }))],
    ['InvalidHeaderDeserialization', 'half a dimension', file(JSON.stringify({ a: entry('U8', [0.5], 0, 0) }))],
    ['InvalidHeaderDeserialization', 'offsets that are text', file(JSON.stringify({ a: entry('U8', [0], '0', 0) }))],
    ['InvalidHeaderDeserialization', 'one offset', file('{"a":{"dtype":"U8","shape":[],"data_offsets":[0]}}', [1])],
    ['InvalidHeaderDeserialization', 'metadata that are no strings', file('{"__metadata__":{"epochs":3}}')],
    ['InvalidHeaderDeserialization', 'metadata that are a list', file('{"__metadata__":[]}')],
    ['UnsupportedDType', 'an unknown dtype', file(JSON.stringify({ a: entry('F8_E4M3', [1], 0, 1) }), [1])],
    ['UnsupportedDType', 'a dtype named like a method', file(JSON.stringify({ a: entry('toString', [1], 0, 1) }), [1])],
    [
      'InvalidOffset',
      'an end before the beginning',
      file(JSON.stringify({ a: entry('U8', [0], 0, 0), b: entry('U8', [0], 2, 0) })),
    ],
    ['InvalidOffset', 'a gap before the first', file(JSON.stringify({ a: entry('U8', [1], 1, 2) }), [1, 2])],
    [
      'InvalidOffset',
      'a gap between two',
      file(JSON.stringify({ a: entry('U8', [1], 0, 1), b: entry('U8', [1], 2, 3) }), [1, 2, 3]),
    ],
    [
      'InvalidOffset',
      'an overlap',
      file(JSON.stringify({ a: entry('U8', [2], 0, 2), b: entry('U8', [1], 1, 2) }), [1, 2]),
    ],
    [
      'TensorInvalidInfo',
      'a shape that is too small',
      file(JSON.stringify({ a: entry('F32', [1], 0, 8) }), [1, 2, 3, 4, 5, 6, 7, 8]),
    ],
    [
      'TensorInvalidInfo',
      'a shape that is too large',
      file(JSON.stringify({ a: entry('F32', [2, 2], 0, 8) }), [1, 2, 3, 4, 5, 6, 7, 8]),
    ],
    [
      'ValidationOverflow',
      'a product that is too large',
      file(JSON.stringify({ a: entry('U8', [2 ** 40, 2 ** 40, 0], 0, 0) })),
    ],
    ['MetadataIncompleteBuffer', 'data that no tensor has', file('{}', [1])],
    ['MetadataIncompleteBuffer', 'data cut off', file(JSON.stringify({ a: entry('U8', [2], 0, 2) }), [1])],
    [
      'DuplicateName',
      'a name twice',
      file(
        `{"a":${JSON.stringify(entry('U8', [1], 0, 1))},"\\u0061":${JSON.stringify(entry('U8', [1], 1, 2))}}`,
        [1, 2],
      ),
    ],
    ['DuplicateName', 'a field twice', file('{"a":{"dtype":"U8","dtype":"I8","shape":[1],"data_offsets":[0,1]}}', [1])],
    ['InvalidBool', 'a BOOL of 2', file(JSON.stringify({ a: entry('BOOL', [2], 0, 2) }), [1, 2])],
  ]
  test.each(cases)('%s: %s', (rule, _, bytes) => {
    expect(ruleOf(bytes)).toBe(rule)
  })

  test('an end before the beginning, right after the tensor before it', () => {
    const header = { a: entry('U8', [4], 0, 4), b: entry('U8', [2], 4, 2) }
    expect(ruleOf(file(JSON.stringify(header), [1, 2, 3, 4]))).toBe('InvalidOffset')
  })

  test('the order of the names need not be that of the data', () => {
    const header = { b: entry('U8', [1], 2, 3), none: entry('U8', [0], 2, 2), a: entry('U8', [2], 0, 2) }
    const { tensors } = readSafetensors(file(JSON.stringify(header), [1, 2, 3]))
    expect([...tensors].map(([name, { data }]) => [name, ...data])).toEqual([['a', 1, 2], ['none'], ['b', 3]])
  })

  test('braces, commas and escapes within strings do not confuse the search for double names', () => {
    const metadata = { 'a":{"b': '{"a":1,"a":2}', 'c\\': '\\"', d: ']},{"d":' }
    expect(readSafetensors(file(JSON.stringify({ __metadata__: metadata }))).metadata).toEqual(metadata)
  })

  test('a tensor named like a part of every object is just a tensor', () => {
    const bytes = file(`{"__proto__":${JSON.stringify(entry('U8', [1], 0, 1))}}`, [9])
    expect([...readSafetensors(bytes).tensors.get('__proto__')!.data]).toEqual([9])
  })

  test('every prefix of a valid file is refused', () => {
    const tensors = new Map([['a', { dtype: 'float32', shape: [2], data: new Float32Array(2) }] as const])
    const bytes = writeSafetensors({ tensors })
    for (let length = 0; length < bytes.length; length++) {
      expect(() => readSafetensors(bytes.subarray(0, length)), `${length} bytes`).toThrow(SafetensorsError)
    }
  })
})

describe('values', () => {
  const one = (dtype: string, bytes: number[], shape: number[]) =>
    readSafetensors(file(JSON.stringify({ a: entry(dtype, shape, 0, bytes.length) }), bytes)).tensors.get('a')!

  test.each([
    ['F32', [0, 0, 0x40, 0xbf, 0, 0, 0x80, 0x7f], 'float32', [-0.75, Infinity]],
    ['F16', [0x00, 0x3c, 0x01, 0x00], 'float32', [1, 2 ** -24]],
    ['BF16', [0x80, 0x3f, 0x40, 0xc0], 'float32', [1, -3]],
    ['F64', [0, 0, 0, 0, 0, 0, 0xe0, 0xbf], 'float64', [-0.5]],
    ['I8', [0xff, 0x7f], 'int32', [-1, 127]],
    ['I16', [0xfe, 0xff, 0, 1], 'int32', [-2, 256]],
    ['U16', [0xfe, 0xff, 0, 1], 'int32', [65534, 256]],
    ['I32', [0xff, 0xff, 0xff, 0xff, 0, 1, 0, 0], 'int32', [-1, 256]],
    ['U32', [0xff, 0xff, 0xff, 0x7f], 'int32', [2147483647]],
    ['I64', [0, 0, 0, 0x80, 0xff, 0xff, 0xff, 0xff], 'int32', [-2147483648]],
    ['U64', [5, 0, 0, 0, 0, 0, 0, 0], 'int32', [5]],
    ['U8', [200, 1], 'uint8', [200, 1]],
    ['BOOL', [0, 1], 'bool', [0, 1]],
  ])('%s', (storedAs, bytes, dtype, values) => {
    const tensor = one(storedAs, bytes, [values.length])
    expect(tensor).toMatchObject({ dtype, storedAs, shape: [values.length] })
    expect([...tensor.data]).toEqual(values)
    // What was read is written back as the same bytes.
    const written = writeSafetensors({ tensors: new Map([['a', tensor]]) })
    expect([...written.subarray(written.length - bytes.length)]).toEqual(bytes)
  })

  test.each([
    ['I64', [0, 0, 0, 0x80, 0, 0, 0, 0], '2147483648'],
    ['I64', [0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff], '-2147483649'],
    ['U64', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], '18446744073709551615'],
    ['U32', [0, 0, 0, 0x80], '2147483648'],
  ])('%s beyond int32 is refused with its name, index and value', (storedAs, bytes, value) => {
    const zero = bytes.map(() => 0)
    expect(() => one(storedAs, [...zero, ...bytes], [2])).toThrow(`'a': value ${value} at index 1 (${storedAs})`)
  })

  test('F64 becomes float32 on request', () => {
    const tensors = new Map([['a', { dtype: 'float64', shape: [], data: new Float64Array([0.1]) }] as const])
    const bytes = writeSafetensors({ tensors })
    expect(readSafetensors(bytes).tensors.get('a')!.data).toEqual(new Float64Array([0.1]))
    const tensor = readSafetensors(bytes, { float64: 'float32' }).tensors.get('a')!
    expect(tensor).toMatchObject({ dtype: 'float32', data: new Float32Array([0.1]) })
  })

  test('reads from the middle of a larger buffer, as a copy', () => {
    const bytes = writeSafetensors({
      tensors: new Map([['a', { dtype: 'float32', shape: [1], data: new Float32Array([1.5]) }] as const]),
    })
    const large = new Uint8Array(bytes.length + 6)
    large.set(bytes, 3)
    const data = readSafetensors(large.subarray(3, 3 + bytes.length)).tensors.get('a')!.data
    large.fill(0)
    expect([...data]).toEqual([1.5])
    expect([...readSafetensors(bytes.buffer as ArrayBuffer).tensors.get('a')!.data]).toEqual([1.5])
  })
})

describe('writing', () => {
  test('the bytes of a small file, worked by hand', () => {
    const bytes = writeSafetensors({
      tensors: new Map<string, StoredArray>([
        ['b', { dtype: 'uint8', shape: [1], data: new Uint8Array([255]) }],
        ['w', { dtype: 'float32', shape: [1, 1], data: new Float32Array([1]) }],
      ]),
      metadata: { format: 'pt' },
    })
    const text =
      '{"__metadata__":{"format":"pt"},"w":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]},' +
      '"b":{"dtype":"U8","shape":[1],"data_offsets":[4,5]}}'
    const padded = text.padEnd(Math.ceil(text.length / 8) * 8, ' ')
    expect(bytes).toEqual(file(padded, [0, 0, 0x80, 0x3f, 255]))
  })

  test('every tensor is aligned to its values, and a view of a larger array writes only its part', () => {
    const large = new Float32Array([9, 1, 2, 9])
    const file = writeSafetensors({
      tensors: new Map<string, StoredArray>([
        ['flag', { dtype: 'bool', shape: [], data: new Uint8Array([1]) }],
        ['part', { dtype: 'float32', shape: [2], data: large.subarray(1, 3) }],
        ['wide', { dtype: 'float64', shape: [1], data: new Float64Array([0.1]) }],
      ]),
    })
    const { tensors } = readSafetensors(file)
    expect([...tensors.keys()]).toEqual(['wide', 'part', 'flag'])
    expect([...tensors.get('part')!.data]).toEqual([1, 2])
    expect(new DataView(file.buffer).getUint32(0, true) % 8).toBe(0)
  })

  test('int32 to other integers, and float32 to smaller floats', () => {
    const data = new Int32Array([-3, 100])
    const stored = (['I8', 'I16', 'I32', 'I64'] as const).map((storedAs): [string, StoredArray] => [
      storedAs,
      { dtype: 'int32', shape: [2], data, storedAs } as StoredArray,
    ])
    const { tensors } = readSafetensors(writeSafetensors({ tensors: new Map(stored) }))
    for (const [name] of stored) {
      expect(tensors.get(name)!.storedAs).toBe(name)
      expect([...tensors.get(name)!.data]).toEqual([-3, 100])
    }
    const third = { dtype: 'float32', shape: [], data: new Float32Array([1 / 3]), storedAs: 'F16' } as const
    const half = readSafetensors(writeSafetensors({ tensors: new Map([['a', third]]) })).tensors.get('a')!
    expect([...half.data]).toEqual([0.333251953125])
  })

  test('refuses what cannot be written', () => {
    const write = (name: string, array: object) => () =>
      writeSafetensors({ tensors: new Map([[name, array as StoredArray]]) })
    const float = { dtype: 'float32', shape: [1], data: new Float32Array(1) }
    const integer = { dtype: 'int32', shape: [1], data: new Int32Array([300]) }
    expect(write('a', { ...float, shape: [2] })).toThrow(ShapeError)
    expect(write('a', { ...float, shape: [-1] })).toThrow(ShapeError)
    expect(write('a', { ...float, storedAs: 'I64' })).toThrow(DTypeError)
    expect(write('a', { ...float, storedAs: 'F8' })).toThrow('one of F64')
    expect(write('a', { ...integer, storedAs: 'I8' })).toThrow("'a' holds 300 at index 0")
    expect(write('a', { ...integer, data: new Int32Array([-1]), storedAs: 'U64' })).toThrow('values from 0')
    expect(write('a', { dtype: 'bool', shape: [1], data: new Uint8Array([2]) })).toThrow(SafetensorsError)
    expect(write('__metadata__', float)).toThrow(ArgumentError)
    const metadata = { epochs: 3 } as unknown as Record<string, string>
    expect(() => writeSafetensors({ tensors: new Map(), metadata })).toThrow(ArgumentError)
  })
})
