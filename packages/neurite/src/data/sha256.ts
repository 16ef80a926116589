import { StateError } from '../errors.ts'

/** The SHA-256 of some bytes as 64 hexadecimal digits. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const subtle = globalThis.crypto?.subtle
  if (subtle === undefined) {
    throw new StateError({
      what: 'the checksum of the data cannot be computed, since this page has no crypto.subtle',
      expected: 'a page that browsers call secure',
      fix: 'serve the page over https, or from localhost',
    })
  }
  // Data may lie in shared memory, which digest does not take.
  const view = bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes)
  const digest = new Uint8Array(await subtle.digest('SHA-256', view))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
