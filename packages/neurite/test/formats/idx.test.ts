import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { DTypeError, FileFormatError, ShapeError } from '../../src/errors.ts'
import { readIdx, writeIdx } from '../../src/formats/index.ts'
import type { StoredArray } from '../../src/formats/index.ts'
import { needs, sharedPath } from '../support/shared.ts'

describe('reading', () => {
  test('the labels and pictures of the MNIST test set', (context) => {
    const folder = needs(context, '../shared/data/mnist', sharedPath('data/mnist'))
    const labels = readIdx(gunzipSync(readFileSync(`${folder}/t10k-labels-idx1-ubyte.gz`)))
    expect([labels.dtype, labels.shape]).toEqual(['uint8', [10000]])
    expect([...labels.data.subarray(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9])
    const images = readIdx(gunzipSync(readFileSync(`${folder}/t10k-images-idx3-ubyte.gz`)))
    expect([images.dtype, images.shape]).toEqual(['uint8', [10000, 28, 28]])
    expect(images.data.length).toBe(7840000)
  })

  const cases: [string, number[], string, number[]][] = [
    ['uint8', [0, 0, 8, 1, 0, 0, 0, 2, 255, 1], 'uint8', [255, 1]],
    ['int8', [0, 0, 9, 1, 0, 0, 0, 2, 255, 1], 'int32', [-1, 1]],
    ['int16', [0, 0, 0x0b, 1, 0, 0, 0, 2, 255, 254, 1, 0], 'int32', [-2, 256]],
    ['int32', [0, 0, 0x0c, 1, 0, 0, 0, 1, 0, 0, 1, 0], 'int32', [256]],
    ['float32', [0, 0, 0x0d, 1, 0, 0, 0, 1, 0xbf, 0x40, 0, 0], 'float32', [-0.75]],
    ['float64', [0, 0, 0x0e, 1, 0, 0, 0, 1, 0xbf, 0xe0, 0, 0, 0, 0, 0, 0], 'float64', [-0.5]],
    ['a single number', [0, 0, 8, 0, 9], 'uint8', [9]],
    ['no rows', [0, 0, 8, 2, 0, 0, 0, 0, 0, 0, 0, 3], 'uint8', []],
  ]
  test.each(cases)('%s', (_, bytes, dtype, values) => {
    const array = readIdx(Uint8Array.from([1, ...bytes]).subarray(1))
    expect(array.dtype).toBe(dtype)
    expect([...array.data]).toEqual(values)
  })

  const bad: [string, number[], string][] = [
    ['no bytes', [], 'ends within its header'],
    ['a header cut off', [0, 0, 8, 3, 0, 0, 0, 1, 0, 0], 'ends within its header'],
    ['gzip', [0x1f, 0x8b, 8, 0, 1, 2, 3], 'decompress the file first'],
    ['a wrong start', [1, 0, 8, 1, 0, 0, 0, 0], '01 00 08 01'],
    ['an unknown kind of value', [0, 0, 0x0a, 1, 0, 0, 0, 0], '00 00 0a 01'],
    ['data cut off', [0, 0, 8, 1, 0, 0, 0, 3, 1, 2], '3 bytes for uint8 values in the shape [3]'],
    ['data too long', [0, 0, 8, 1, 0, 0, 0, 1, 1, 2], '2 bytes of data follow'],
    [
      'a size that no file has',
      [0, 0, 8, 3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255],
      'IDX: 0 bytes',
    ],
  ]
  test.each(bad)('refuses %s', (_, bytes, message) => {
    const read = () => readIdx(Uint8Array.from(bytes))
    expect(read).toThrow(FileFormatError)
    expect(read).toThrow(message)
  })
})

describe('writing', () => {
  const arrays: StoredArray[] = [
    { dtype: 'uint8', shape: [2, 1, 2], data: new Uint8Array([1, 2, 3, 255]) },
    { dtype: 'int32', shape: [3], data: new Int32Array([-1, 0, 70000]) },
    { dtype: 'float32', shape: [1, 2], data: new Float32Array([0.1, -Infinity]) },
    { dtype: 'float64', shape: [], data: new Float64Array([Math.PI]) },
  ]
  test.each(arrays)('$dtype is read back as it was', (array) => {
    expect(readIdx(writeIdx(array))).toEqual(array)
  })

  test('numbers are big-endian', () => {
    const bytes = writeIdx({ dtype: 'int32', shape: [1], data: new Int32Array([258]) })
    expect([...bytes]).toEqual([0, 0, 12, 1, 0, 0, 0, 1, 0, 0, 1, 2])
  })

  test('refuses what the format does not have', () => {
    expect(() => writeIdx({ dtype: 'bool', shape: [1], data: new Uint8Array(1) })).toThrow(DTypeError)
    expect(() => writeIdx({ dtype: 'uint8', shape: [2], data: new Uint8Array(1) })).toThrow(ShapeError)
    const shape = Array.from({ length: 256 }, () => 1)
    expect(() => writeIdx({ dtype: 'uint8', shape, data: new Uint8Array(1) })).toThrow(FileFormatError)
  })
})
