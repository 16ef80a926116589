import type { Source } from './mirror.ts'
import { openSource } from './source.ts'
import type { LoadOptions } from './source.ts'
import { decodeText } from './text-file.ts'

const source: Source = {
  title: 'tiny-shakespeare',
  folder: 'tiny-shakespeare',
  variable: 'NEURITE_TINY_SHAKESPEARE_MIRROR',
  publicMirror: 'https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/',
  origin: 'the repository karpathy/char-rnn on GitHub',
  holds: 'the file input.txt',
  isCompressed: false,
}

const checksum = '86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed'

/**
 * Scenes of Shakespeare's plays: one text of 1,115,394 characters, 65 of them distinct. The mirror holds `input.txt`.
 *
 * Source: A. Karpathy, "The Unreasonable Effectiveness of Recurrent Neural Networks" (2015).
 *
 * @throws DataError for a file that is missing, cut off or altered, and a server that does not work
 * @throws ArgumentError for an unknown option
 *
 * @example
 * ```ts
 * import { tinyShakespeare } from 'neurite/data'
 *
 * try {
 *   const text = await tinyShakespeare({ mirror: './no-such-folder' })
 *   console.log(text.length)
 * } catch (error) {
 *   console.log((error as Error).name) // → DataError
 * }
 * ```
 */
export async function tinyShakespeare(options: LoadOptions = {}): Promise<string> {
  const reader = openSource('tinyShakespeare', source, options)
  return decodeText(source.title, await reader.read('input.txt', { checksum }))
}
