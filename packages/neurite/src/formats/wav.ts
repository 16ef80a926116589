import { ArgumentError, FileFormatError } from '../errors.ts'
import { asBytes } from './bytes.ts'
import type { Bytes } from './bytes.ts'

/** Sound as a wav file holds it. */
export interface WavAudio {
  /** Samples per second. */
  readonly sampleRate: number
  /** One array per channel, all equally long; integers are scaled to -1 up to, but not including, 1. */
  readonly channels: readonly Float32Array[]
}

type ReadSample = (view: DataView, at: number) => number

/** How samples are stored, by format code (1: integers, 3: floating point) and bits. */
const readers: Readonly<Record<string, ReadSample>> = {
  '1/8': (view, at) => (view.getUint8(at) - 128) / 128,
  '1/16': (view, at) => view.getInt16(at, true) / 32768,
  '1/24': (view, at) => (view.getUint16(at, true) + view.getInt8(at + 2) * 65536) / 8388608,
  '1/32': (view, at) => view.getInt32(at, true) / 2147483648,
  '3/32': (view, at) => view.getFloat32(at, true),
  '3/64': (view, at) => view.getFloat64(at, true),
}

interface Format {
  readonly channelCount: number
  readonly sampleRate: number
  readonly bytesPerSample: number
  readonly read: ReadSample
}

/**
 * Reads a wav file: integers of 8, 16, 24 or 32 bits, or floating point of 32 or 64 bits, any number of channels.
 *
 * Source: Microsoft and IBM, "Multimedia Programming Interface and Data Specifications 1.0" (1991), and Microsoft's
 * WAVEFORMATEXTENSIBLE.
 *
 * @throws FileFormatError for other files, other kinds of samples, and a file that is cut off
 *
 * @example
 * ```ts
 * import { readWav, writeWav } from 'neurite/formats'
 *
 * const file = writeWav({ sampleRate: 8000, channels: [new Float32Array([0, 0.5, -1])] })
 * const { sampleRate, channels } = readWav(file)
 * console.log(sampleRate, channels.length, [...channels[0]!]) // → 8000 1 [ 0, 0.5, -1 ]
 * ```
 */
export function readWav(file: Bytes): WavAudio {
  const bytes = asBytes(file)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const tag = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4))
  if (bytes.length < 12 || tag(0) !== 'RIFF' || tag(8) !== 'WAVE') {
    throw damaged('the file does not begin with RIFF and WAVE', 'a wav file')
  }
  let format: Format | undefined
  for (let at = 12; at + 8 <= bytes.length;) {
    const size = view.getUint32(at + 4, true)
    const start = at + 8
    if (start + size > bytes.length) {
      const what = `the part '${tag(at)}' should have ${size} bytes, and ${bytes.length - start} are left`
      throw damaged(what, 'a complete file')
    }
    if (tag(at) === 'fmt ') format = readFormat(view, start, size)
    if (tag(at) === 'data') {
      if (format === undefined) throw damaged("the part 'data' comes before 'fmt '", 'the format first')
      return { sampleRate: format.sampleRate, channels: readChannels(view, start, size, format) }
    }
    // Parts begin at even places.
    at = start + size + (size & 1)
  }
  throw damaged("there is no part 'data'", 'samples')
}

function readFormat(view: DataView, at: number, size: number): Format {
  if (size < 16) throw damaged(`the part 'fmt ' has ${size} bytes`, 'at least 16')
  const bits = view.getUint16(at + 14, true)
  const stated = view.getUint16(at, true)
  // The extensible form has the code at the start of a longer one.
  const code = stated === 0xfffe && size >= 26 ? view.getUint16(at + 24, true) : stated
  const read = readers[`${code}/${bits}`]
  const channelCount = view.getUint16(at + 2, true)
  const sampleRate = view.getUint32(at + 4, true)
  if (read === undefined) {
    const what = `samples of ${bits} bits with the format code ${code}`
    throw damaged(what, 'integers (code 1) of 8, 16, 24 or 32 bits, or floating point (code 3) of 32 or 64')
  }
  if (channelCount === 0 || sampleRate === 0) {
    throw damaged(`${channelCount} channels at ${sampleRate} samples per second`, 'at least one of each')
  }
  return { channelCount, sampleRate, bytesPerSample: bits / 8, read }
}

function readChannels(view: DataView, start: number, size: number, format: Format): Float32Array[] {
  const { channelCount, bytesPerSample, read } = format
  const step = bytesPerSample * channelCount
  if (size % step !== 0) throw damaged(`${size} bytes are no whole number of samples`, `a multiple of ${step} bytes`)
  const length = size / step
  return Array.from({ length: channelCount }, (_, channel) => {
    const samples = new Float32Array(length)
    let at = start + channel * bytesPerSample
    for (let i = 0; i < length; i++, at += step) samples[i] = read(view, at)
    return samples
  })
}

/**
 * Writes a wav file with integers of 16 bits. Samples are rounded to the nearest; what lies outside -1 to 1 is clipped.
 *
 * @throws ArgumentError for no channel, channels of different lengths, a sample rate that is no whole number above 0,
 *   and samples that are NaN
 */
export function writeWav(audio: WavAudio): Uint8Array {
  const { sampleRate, channels } = audio
  const length = channels[0]?.length ?? 0
  if (channels.length === 0 || channels.length > 65535 || channels.some((channel) => channel.length !== length)) {
    throw new ArgumentError({
      what: `writeWav: channels of the lengths [${channels.map((channel) => channel.length).join(', ')}]`,
      expected: 'at least one channel, and all equally long',
      fix: 'pass { sampleRate, channels: [samples] }',
    })
  }
  if (!Number.isInteger(sampleRate) || sampleRate < 1 || sampleRate > 0xffffffff) {
    throw new ArgumentError({
      what: `writeWav: sampleRate is ${sampleRate}`,
      expected: 'a whole number, 1 or more',
      fix: 'pass the samples per second, such as 16000',
    })
  }
  const step = 2 * channels.length
  const bytes = new Uint8Array(44 + length * step)
  const view = new DataView(bytes.buffer)
  const tag = (at: number, name: string): void => bytes.set(new TextEncoder().encode(name), at)
  tag(0, 'RIFF')
  view.setUint32(4, bytes.length - 8, true)
  tag(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, channels.length, true)
  view.setUint32(24, sampleRate, true)
  view.setUint32(28, sampleRate * step, true)
  view.setUint16(32, step, true)
  view.setUint16(34, 16, true)
  tag(36, 'data')
  view.setUint32(40, length * step, true)
  for (const [channel, samples] of channels.entries()) {
    for (let i = 0; i < length; i++) view.setInt16(44 + i * step + 2 * channel, toInt16(samples[i]!, i), true)
  }
  return bytes
}

function toInt16(sample: number, index: number): number {
  if (Number.isNaN(sample)) {
    throw new ArgumentError({
      what: `writeWav: sample ${index} is NaN`,
      expected: 'numbers from -1 to 1',
      fix: 'check what made the samples',
    })
  }
  const rounded = Math.round(sample * 32768)
  return rounded > 32767 ? 32767 : rounded < -32768 ? -32768 : rounded
}

function damaged(what: string, expected: string): FileFormatError {
  return new FileFormatError({
    what: `wav: ${what}`,
    expected,
    fix: 'get the file again, or convert it to wav with 16-bit integers',
  })
}
