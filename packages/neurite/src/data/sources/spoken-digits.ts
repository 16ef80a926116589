import { ArgumentError, DataError, FileFormatError } from '../../errors.ts'
import { readWav } from '../../formats/index.ts'
import type { Source } from './mirror.ts'
import { openSource } from './source.ts'
import type { LoadOptions, ReadPart } from './source.ts'

const source: Source = {
  title: 'spoken digits',
  folder: 'fsdd',
  variable: 'NEURITE_FSDD_MIRROR',
  publicMirror: 'https://raw.githubusercontent.com/Jakobovski/free-spoken-digit-dataset/master/',
  origin: 'the repository Jakobovski/free-spoken-digit-dataset on GitHub',
  holds: 'the folder recordings',
  isCompressed: false,
}

/** SHA-256 of each speaker's recordings one after the other, by digit, then by index. */
const checksums = {
  george: '314b34bbd5dcd2bc4baf35fdaf7820cf401f43b60cce0c7d6298ef261c5948fd',
  jackson: 'a225c20182fa25f5412994c2da1b8280d176a053042b96af2df7754644475490',
  lucas: 'd8e5192a0476dfa86fc6cdc7aa71ccd727f9f9934a351584fac79b6ffa654ffb',
  nicolas: 'fb041904d00a3ca9e8da3fd8b2a7162488e1c72151165a49cadac7627104bf30',
  theo: '292f14c019dbba2a9508ba1ee26f5b5a25061e3a7a0ad444e25856b9a87c160e',
  yweweler: 'd9f468e7f1c5159d4c91fb4b5bf248087609b219f73d628e14fd78581a43932e',
}

/** Who speaks. */
export type Speaker = keyof typeof checksums

const speakers = Object.keys(checksums) as Speaker[]
const digitCount = 10
const perDigit = 50
/** The first recordings of each speaker and digit are the official test set. */
const testPerDigit = 5
/** Files asked for at a time. */
const atOnce = 8

/** One spoken digit. */
export interface Recording {
  /** From -1 to 1, 8000 per second. */
  readonly samples: Float32Array
  readonly sampleRate: number
  /** The digit, 0 to 9. */
  readonly label: number
  readonly speaker: Speaker
  /** Which of the speaker's 50 recordings of this digit. */
  readonly index: number
}

export interface SpokenDigitsOptions extends LoadOptions {
  /** Only these speakers; all six by default. */
  readonly speakers?: readonly Speaker[]
}

/**
 * The digits 0 to 9, each spoken 50 times by 6 people: 3,000 recordings at 8 kHz. The official test set is each speaker's
 * recordings 0 to 4 of each digit (300), the others are to train with (2,700). The mirror holds the folder `recordings`
 * with one wav file per recording; what is downloaded is kept as one file per speaker.
 *
 * Source: Z. Jackson et al., "Free Spoken Digit Dataset", https://github.com/Jakobovski/free-spoken-digit-dataset.
 *
 * @throws DataError for a file that is missing, cut off or altered, and a server that does not work
 * @throws ArgumentError for an unknown option or speaker
 *
 * @example
 * ```ts
 * import { spokenDigits } from 'neurite/data'
 *
 * try {
 *   const { train, test } = await spokenDigits({ mirror: './no-such-folder' })
 *   console.log(train.length, test.length)
 * } catch (error) {
 *   console.log((error as Error).name) // → DataError
 * }
 * ```
 */
export async function spokenDigits(
  options: SpokenDigitsOptions = {},
): Promise<{ train: Recording[]; test: Recording[] }> {
  const reader = openSource('spokenDigits', source, options, ['speakers'])
  const chosen = options.speakers ?? speakers
  const unknown = chosen.find((speaker) => !speakers.includes(speaker))
  if (unknown !== undefined || chosen.length === 0) {
    throw new ArgumentError({
      what: `spokenDigits: the speakers are [${chosen.join(', ')}]`,
      expected: `some of ${speakers.join(', ')}`,
      fix: 'correct the names, or leave speakers out',
    })
  }
  const train: Recording[] = []
  const test: Recording[] = []
  for (const speaker of chosen) {
    const proof = { checksum: checksums[speaker] }
    const content = await reader.readMade(`recordings-${speaker}`, proof, (readPart) => readAll(speaker, readPart))
    for (const recording of takeApart(speaker, content)) {
      if (recording.index < testPerDigit) test.push(recording)
      else train.push(recording)
    }
  }
  return { train, test }
}

/** All recordings of a speaker, one after the other. */
async function readAll(speaker: Speaker, readPart: ReadPart): Promise<Uint8Array> {
  const files = Array.from({ length: digitCount * perDigit }, (_, place) => nameOf(speaker, place))
  const parts: Uint8Array[] = []
  for (let start = 0; start < files.length; start += atOnce) {
    // All end before one is told, and of several missing files always the first.
    for (const part of await Promise.allSettled(
      files.slice(start, start + atOnce).map((file) => readWhole(file, readPart)),
    )) {
      if (part.status === 'rejected') throw part.reason
      parts.push(part.value)
    }
  }
  const content = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    content.set(part, at)
    at += part.length
  }
  return content
}

function nameOf(speaker: Speaker, place: number): string {
  return `recordings/${Math.floor(place / perDigit)}_${speaker}_${place % perDigit}.wav`
}

/** One file, which must be as long as it says: only then can the joined ones be taken apart. */
async function readWhole(file: string, readPart: ReadPart): Promise<Uint8Array> {
  const bytes = await readPart(file)
  const stated = statedLength(bytes, 0)
  if (bytes.length === stated) return bytes
  throw new DataError({
    what: `spoken digits: ${file} has ${bytes.length} bytes`,
    expected: stated === undefined ? 'a wav file' : `${stated} bytes, as its header says`,
    fix: 'the file was cut off or altered: get it again',
  })
}

function statedLength(bytes: Uint8Array, at: number): number | undefined {
  if (bytes.length < at + 8 || String.fromCharCode(...bytes.subarray(at, at + 4)) !== 'RIFF') return undefined
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(at + 4, true) + 8
}

function takeApart(speaker: Speaker, content: Uint8Array): Recording[] {
  let at = 0
  return Array.from({ length: digitCount * perDigit }, (_, place) => {
    const length = statedLength(content, at) ?? 0
    const { channels, sampleRate } = readRecording(nameOf(speaker, place), content.subarray(at, at + length))
    at += length
    const label = Math.floor(place / perDigit)
    return { samples: channels[0]!, sampleRate, label, speaker, index: place % perDigit }
  })
}

function readRecording(file: string, bytes: Uint8Array): ReturnType<typeof readWav> {
  try {
    return readWav(bytes)
  } catch (cause) {
    if (!(cause instanceof FileFormatError)) throw cause
    const { what, expected, fix } = cause
    throw new DataError({ what: `spoken digits: ${file}: ${what}`, expected, fix, cause })
  }
}
