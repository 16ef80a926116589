import { readFileSync } from 'node:fs'
import { DataError, FileFormatError } from 'neurite'
import { PNG } from 'pngjs'

/** Pixels with red, green, blue and alpha from 0 to 255 each, row by row. */
export interface ColourPicture {
  readonly width: number
  readonly height: number
  readonly rgba: Uint8Array
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** A file of a few bytes may claim any size; this is more than any photograph has. */
const mostPixels = 100_000_000

/**
 * Reads a PNG file of any kind: grey, coloured, with a palette, with transparency, interlaced, 1 to 16 bits.
 *
 * @throws DataError for a file that cannot be read or is too large
 * @throws FileFormatError for a file that is no PNG, or a damaged one
 */
export function readPng(path: string): ColourPicture {
  const bytes = readBytes(path)
  if (!signature.every((byte, index) => bytes[index] === byte)) {
    throw new FileFormatError({
      what: `${path} is no PNG file`,
      expected: 'a picture in the PNG format',
      fix: 'save or export the picture as PNG; another name for the file is not enough',
    })
  }
  const [width, height] = bytes.length >= 24 ? [bytes.readUInt32BE(16), bytes.readUInt32BE(20)] : [0, 0]
  if (width * height > mostPixels) {
    throw new DataError({
      what: `${path} has ${width} x ${height} pixels`,
      expected: `at most ${mostPixels / 1e6} million pixels`,
      fix: 'make the picture smaller; the network sees only a few pixels of it anyway',
    })
  }
  try {
    const { data } = PNG.sync.read(bytes)
    return { width, height, rgba: data }
  } catch (cause) {
    throw new FileFormatError({
      what: `${path} is damaged: ${cause instanceof Error ? cause.message : String(cause)}`,
      expected: 'a complete PNG file',
      fix: 'save or copy the picture again',
      cause,
    })
  }
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw new DataError({
      what: `${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      expected: 'a PNG file',
      fix: 'check the path of the picture',
      cause,
    })
  }
}
