import { DataError } from '../../errors.ts'

/** The text of UTF-8 bytes, with line ends as `\n`. Throws DataError for other bytes. */
export function decodeText(title: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll('\r\n', '\n')
  } catch (cause) {
    throw new DataError({
      what: `${title}: the bytes are no UTF-8 text`,
      expected: 'text in UTF-8',
      fix: 'get the file again, or convert it to UTF-8',
      cause,
    })
  }
}

/** The lines of a text; an empty one at its end is none. */
export function linesOf(text: string): string[] {
  return text.replace(/\n+$/, '').split('\n')
}
