import { FileFormatError } from '../errors.ts'

/**
 * The files of a zip archive, by name. Sizes and checksums are verified. Archives over 4 GiB and encrypted ones are
 * refused.
 *
 * Source: PKWARE's APPNOTE.TXT.
 */
export async function readZip(bytes: Uint8Array): Promise<Map<string, Uint8Array>> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const end = findEnd(view)
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  const files = new Map<string, Uint8Array>()
  for (let i = 0; i < count; i++) {
    insist(at + 46 <= end && view.getUint32(at, true) === 0x02014b50, 'the list of files is damaged')
    const nameLength = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
    files.set(name, await readEntry(bytes, view, at, name))
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return files
}

/** The end of the archive names the place of the list; a comment of up to 64 KiB may follow it. */
function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - 22 - 65535)
  for (let at = view.byteLength - 22; at >= first; at--) {
    if (view.getUint32(at, true) === 0x06054b50) return at
  }
  throw damaged('the file is no zip archive, or it is cut off')
}

async function readEntry(bytes: Uint8Array, view: DataView, at: number, name: string): Promise<Uint8Array> {
  const flags = view.getUint16(at + 8, true)
  const method = view.getUint16(at + 10, true)
  const checksum = view.getUint32(at + 16, true)
  const packedSize = view.getUint32(at + 20, true)
  const size = view.getUint32(at + 24, true)
  const start = view.getUint32(at + 42, true)
  insist((flags & 1) === 0, `${name} is encrypted`)
  insist(packedSize !== 0xffffffff && size !== 0xffffffff && start !== 0xffffffff, `${name} is too large`)
  insist(start + 30 <= bytes.length && view.getUint32(start, true) === 0x04034b50, `${name} is not where it should be`)
  const dataStart = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true)
  insist(dataStart + packedSize <= bytes.length, `${name} is cut off`)
  const packed = bytes.subarray(dataStart, dataStart + packedSize)
  insist(method === 0 || method === 8, `${name} is compressed by the method ${method}`)
  const content = method === 0 ? packed : await inflate(packed, size, name)
  insist(content.length === size, `${name} has ${content.length} bytes and not ${size}`)
  insist(crc32(content) === checksum, `the checksum of ${name} is wrong`)
  return content
}

/** Undoes deflate, and stops as soon as more comes out than the archive promised. */
async function inflate(packed: Uint8Array, size: number, name: string): Promise<Uint8Array> {
  const result = new Uint8Array(size)
  const stream = new Blob([new Uint8Array(packed)]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  const reader = stream.getReader()
  let at = 0
  try {
    for (let next = await reader.read(); next.value !== undefined; next = await reader.read()) {
      if (at + next.value.length > size) {
        await reader.cancel()
        throw damaged(`${name} is longer than ${size} bytes`)
      }
      result.set(next.value, at)
      at += next.value.length
    }
  } catch (cause) {
    if (cause instanceof FileFormatError) throw cause
    throw damaged(`${name} cannot be decompressed`, cause)
  }
  return result.subarray(0, at)
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1
  return crc
})

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 0xff]! ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

function insist(condition: boolean, what: string): void {
  if (!condition) throw damaged(what)
}

function damaged(what: string, cause?: unknown): FileFormatError {
  return new FileFormatError({
    what: `zip: ${what}`,
    expected: 'a complete zip archive, stored or deflated, below 4 GiB',
    fix: 'write or copy the archive again',
    ...(cause === undefined ? {} : { cause }),
  })
}
