import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { FileFormatError, ShapeError } from '../../src/errors.ts'
import { readNpy, readNpz, writeNpy } from '../../src/formats/index.ts'
import type { StoredArray } from '../../src/formats/index.ts'
import { needs, sharedPath } from '../support/shared.ts'

const suite = sharedPath('suites/npy')
const suiteName = '../shared/suites/npy'

interface Expected {
  file: string
  expect: string
  shape?: number[]
  flat?: (number | string | boolean)[]
}

describe("NumPy's files", () => {
  test('what must load loads with its values, the rest is refused', async (context) => {
    const folder = needs(context, suiteName, suite)
    const expected = JSON.parse(readFileSync(`${folder}/expected.json`, 'utf8')) as Expected[]
    let loaded = 0
    for (const { file, expect: outcome, shape, flat } of expected) {
      const bytes = readFileSync(`${folder}/${file}`)
      if (file.endsWith('.npz')) continue
      if (outcome !== 'ok') {
        expect(() => readNpy(bytes), file).toThrow(FileFormatError)
        continue
      }
      const array = readNpy(bytes)
      expect(array.shape, file).toEqual(shape)
      expect([...array.data], file).toEqual(flat!.map(Number))
      loaded += 1
    }
    expect([loaded, expected.length]).toEqual([21, 34])
  })

  test("the kinds of number become the library's", (context) => {
    const folder = needs(context, suiteName, suite)
    const kindOf = (name: string): string => readNpy(readFileSync(`${folder}/np_${name}.npy`)).dtype
    expect(['le_f2', 'le_f4', 'be_f4', 'le_f8', 'be_f8', 'i1', 'u1', 'le_u2', 'le_i8', 'b1'].map(kindOf)).toEqual([
      'float32',
      'float32',
      'float32',
      'float64',
      'float64',
      'int32',
      'uint8',
      'int32',
      'int32',
      'bool',
    ])
  })

  test('archives, stored and deflated', async (context) => {
    const folder = needs(context, suiteName, suite)
    const plain = await readNpz(readFileSync(`${folder}/np_plain.npz`))
    const packed = await readNpz(readFileSync(`${folder}/np_deflate.npz`))
    expect(plain.get('a')).toEqual({ dtype: 'float64', shape: [2, 3], data: new Float64Array([0, 1, 2, 3, 4, 5]) })
    expect(plain.get('b')).toEqual({ dtype: 'int32', shape: [4], data: new Int32Array([0, 1, 2, 3]) })
    expect([...packed]).toEqual([...plain])
    const other = await readNpz(readFileSync(`${folder}/candle-test.npz`))
    expect(other.get('x')).toEqual(readNpy(readFileSync(`${folder}/candle-test.npy`)))
    expect([...other.get('x_plus_one')!.data]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })

  test('an archive with any byte of its data altered, or cut off, is refused', async (context) => {
    const folder = needs(context, suiteName, suite)
    for (const name of ['np_plain', 'np_deflate']) {
      const bytes = new Uint8Array(readFileSync(`${folder}/${name}.npz`))
      await expect(readNpz(bytes.subarray(0, bytes.length - 30))).rejects.toThrow(FileFormatError)
      const altered = bytes.slice()
      altered[120]! ^= 0x10
      await expect(readNpz(altered), name).rejects.toThrow(FileFormatError)
    }
    const bytes = readFileSync(`${folder}/np_plain.npz`)
    const number = bytes.indexOf(Buffer.from(new Float64Array([3]).buffer))
    bytes[number + 6]! ^= 1
    await expect(readNpz(bytes)).rejects.toThrow('the checksum of a.npy is wrong')
  })
})

describe('the header', () => {
  const file = (header: string, data: number[] = [], version = 1): Uint8Array =>
    Uint8Array.from([
      0x93,
      ...Buffer.from('NUMPY'),
      version,
      0,
      header.length,
      0,
      ...(version > 1 ? [0, 0] : []),
      ...Buffer.from(header),
      ...data,
    ])

  test.each([
    ["{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }\n", [2]],
    ["{'shape':(1,2),'fortran_order':True,'descr':'|u1'}", [1, 2]],
    ["{'descr': '|u1', 'fortran_order': False, 'shape': (2L,), }", [2]],
  ])('%s', (header, shape) => {
    expect(readNpy(file(header, [7, 8]))).toEqual({ dtype: 'uint8', shape, data: new Uint8Array([7, 8]) })
    expect(readNpy(file(header, [7, 8], 2)).shape).toEqual(shape)
  })

  test.each([
    "{'descr': '|u1', 'fortran_order': False}",
    "{'descr': '|u1', 'fortran_order': 'False', 'shape': (2,)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': [2]}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), 'more': True}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (2,)} + exit()",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (2,) or exit()}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (1 1)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (,2)}",
    "{'descr': '?u1', 'fortran_order': False, 'shape': (2,)}",
    '[]',
    '',
  ])('refuses %s', (header) => {
    expect(() => readNpy(file(header, [7, 8]))).toThrow(FileFormatError)
  })
})

describe('writing', () => {
  test.each<StoredArray>([
    { dtype: 'uint8', shape: [2, 1, 2], data: new Uint8Array([1, 2, 3, 255]) },
    { dtype: 'bool', shape: [2], data: new Uint8Array([1, 0]) },
    { dtype: 'int32', shape: [3], data: new Int32Array([-1, 0, 70000]) },
    { dtype: 'float32', shape: [1, 2], data: new Float32Array([0.1, -Infinity]) },
    { dtype: 'float64', shape: [], data: new Float64Array([Math.PI]) },
  ])('$dtype is read back as it was', (array) => {
    const bytes = writeNpy(array)
    expect(readNpy(bytes)).toEqual(array)
    expect((bytes.length - array.data.byteLength) % 64).toBe(0)
  })

  test('gives the bytes that NumPy writes', (context) => {
    const folder = needs(context, suiteName, suite)
    for (const name of ['le_f4', 'le_f8', 'le_i4', 'u1', 'b1', 'scalar0d', 'empty', 'rank5', 'nan_inf']) {
      const bytes = readFileSync(`${folder}/np_${name}.npy`)
      expect(Buffer.compare(writeNpy(readNpy(bytes)), bytes), name).toBe(0)
    }
  })

  test('refuses a shape that does not fit', () => {
    expect(() => writeNpy({ dtype: 'uint8', shape: [3], data: new Uint8Array(2) })).toThrow(ShapeError)
  })
})
