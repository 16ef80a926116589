import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ArgumentError, FileFormatError } from '../../src/errors.ts'
import { readWav, writeWav } from '../../src/formats/index.ts'
import { needs, sharedPath } from '../support/shared.ts'

/** A wav file with these bytes as samples. */
function wav(code: number, bits: number, channels: number, data: number[], before: number[] = []): Uint8Array {
  const bytes = new Uint8Array(44 + before.length + data.length)
  const view = new DataView(bytes.buffer)
  const text = (at: number, tag: string) => bytes.set(new TextEncoder().encode(tag), at)
  text(0, 'RIFF')
  view.setUint32(4, bytes.length - 8, true)
  text(8, 'WAVE')
  bytes.set(before, 12)
  const at = 12 + before.length
  text(at, 'fmt ')
  view.setUint32(at + 4, 16, true)
  view.setUint16(at + 8, code, true)
  view.setUint16(at + 10, channels, true)
  view.setUint32(at + 12, 8000, true)
  view.setUint16(at + 22, bits, true)
  text(at + 24, 'data')
  view.setUint32(at + 28, data.length, true)
  bytes.set(data, at + 32)
  return bytes
}

const list = [...new TextEncoder().encode('LIST'), 3, 0, 0, 0, 1, 2, 3, 0]
const bytesOf = (array: Float32Array | Float64Array): number[] => [...new Uint8Array(array.buffer)]

describe('reading', () => {
  const cases: [string, Uint8Array, number[][]][] = [
    ['8 bits', wav(1, 8, 1, [0, 128, 192]), [[-1, 0, 0.5]]],
    ['16 bits', wav(1, 16, 1, [0, 0x80, 0, 0x40, 1, 0]), [[-1, 0.5, 1 / 32768]]],
    ['24 bits', wav(1, 24, 1, [0, 0, 0x80, 0, 0, 0x40, 1, 0, 0]), [[-1, 0.5, 1 / 8388608]]],
    ['32 bits', wav(1, 32, 1, [0, 0, 0, 0x80, 0, 0, 0, 0x40]), [[-1, 0.5]]],
    ['float of 32 bits', wav(3, 32, 1, bytesOf(new Float32Array([0.1, -2]))), [[Math.fround(0.1), -2]]],
    ['float of 64 bits', wav(3, 64, 1, bytesOf(new Float64Array([0.1]))), [[Math.fround(0.1)]]],
    ['two channels', wav(1, 8, 2, [0, 128, 192, 64]), [[-1, 0.5], [0, -0.5]]], // prettier-ignore
    ['a part of odd length before the format', wav(1, 8, 1, [0], list), [[-1]]],
    ['no samples', wav(1, 16, 1, []), [[]]],
  ]
  test.each(cases)('%s', (_, file, expected) => {
    const { sampleRate, channels } = readWav(Uint8Array.from([9, ...file]).subarray(1))
    expect(sampleRate).toBe(8000)
    expect(channels.map((channel) => [...channel])).toEqual(expected)
  })

  test('the extensible form', () => {
    const inner = wav(1, 16, 1, [0, 0x40])
    const extra = new Uint8Array(24)
    new DataView(extra.buffer).setUint16(8, 1, true)
    const file = Uint8Array.from([...inner.subarray(0, 36), ...extra, ...inner.subarray(36)])
    const view = new DataView(file.buffer)
    view.setUint32(16, 40, true)
    view.setUint16(20, 0xfffe, true)
    expect([...readWav(file).channels[0]!]).toEqual([0.5])
  })

  const bad: [string, Uint8Array, string][] = [
    ['no bytes', new Uint8Array(), 'does not begin with RIFF'],
    ['another file', new TextEncoder().encode('RIFFxxxxAVI and more'), 'does not begin with RIFF'],
    ['a file cut off in its samples', wav(1, 16, 1, [1, 2, 3, 4]).subarray(0, 46), "'data' should have 4 bytes"],
    ['a file cut off in its header', wav(1, 16, 1, [1, 2]).subarray(0, 20), "'fmt ' should have 16 bytes"],
    ['no samples at all', wav(1, 16, 1, [1, 2]).subarray(0, 36), "no part 'data'"],
    ['compressed samples', wav(17, 4, 1, [1, 2]), '4 bits with the format code 17'],
    ['12 bits', wav(1, 12, 1, [1, 2]), '12 bits'],
    ['half a sample', wav(1, 16, 2, [1, 2]), '2 bytes are no whole number'],
    ['no channels', wav(1, 16, 0, [1, 2]), '0 channels'],
  ]
  test.each(bad)('refuses %s', (_, file, message) => {
    expect(() => readWav(file)).toThrow(FileFormatError)
    expect(() => readWav(file)).toThrow(message)
  })

  test('a recording of a spoken digit, and writes the same file', (context) => {
    const folder = needs(context, '../shared/data/fsdd', sharedPath('data/fsdd/recordings'))
    const file = readFileSync(`${folder}/7_theo_3.wav`)
    const audio = readWav(file)
    expect(audio.sampleRate).toBe(8000)
    expect(audio.channels[0]!.length).toBe((file.length - 44) / 2)
    expect(Buffer.from(writeWav(audio)).equals(file)).toBe(true)
  })
})

describe('writing', () => {
  test('rounds to 16 bits and clips', () => {
    const channels = [new Float32Array([2, -2, 1.6 / 32768]), new Float32Array([0, 0.25, -0.25])]
    const back = readWav(writeWav({ sampleRate: 44100, channels }))
    expect(back.sampleRate).toBe(44100)
    expect([...back.channels[0]!]).toEqual([32767 / 32768, -1, 2 / 32768])
    expect([...back.channels[1]!]).toEqual([0, 0.25, -0.25])
  })

  test('refuses what it cannot write', () => {
    const one = new Float32Array(1)
    expect(() => writeWav({ sampleRate: 8000, channels: [] })).toThrow(ArgumentError)
    expect(() => writeWav({ sampleRate: 8000, channels: [one, new Float32Array(2)] })).toThrow('[1, 2]')
    expect(() => writeWav({ sampleRate: 0.5, channels: [one] })).toThrow('sampleRate is 0.5')
    expect(() => writeWav({ sampleRate: 8000, channels: [new Float32Array([NaN])] })).toThrow('sample 0 is NaN')
  })
})
