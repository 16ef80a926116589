/** Compression that browsers and Node both have, and letters that addresses may hold. */

export const deflate = (bytes: Uint8Array): Promise<Uint8Array> => through(bytes, new CompressionStream('deflate-raw'))

/** @throws for bytes that are not compressed, or that grow beyond `most` */
export async function inflate(bytes: Uint8Array, most: number): Promise<Uint8Array> {
  return through(bytes, new DecompressionStream('deflate-raw'), most)
}

async function through(
  bytes: Uint8Array,
  stream: { readonly readable: ReadableStream; readonly writable: WritableStream },
  most = Infinity,
): Promise<Uint8Array> {
  const writer = stream.writable.getWriter()
  // What goes wrong with writing shows in reading.
  const written = Promise.all([writer.write(bytes), writer.close()]).catch(() => undefined)
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = (stream.readable as ReadableStream<Uint8Array>).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    if (length > most) throw new RangeError(`more than ${most} bytes`)
    chunks.push(value)
  }
  await written
  const out = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    out.set(chunk, at)
    at += chunk.length
  }
  return out
}

export function toBase64Url(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** Undefined for text that no bytes were written as. */
export function fromBase64Url(text: string): Uint8Array | undefined {
  if (!/^[\w-]*$/.test(text)) return undefined
  try {
    const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0))
  } catch {
    return undefined
  }
}
