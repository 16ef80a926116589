import type { Source } from './mirror.ts'
import { openSource } from './source.ts'
import type { LoadOptions } from './source.ts'
import { decodeText, linesOf } from './text-file.ts'

const source: Source = {
  title: 'names',
  folder: 'names',
  variable: 'NEURITE_NAMES_MIRROR',
  publicMirror: 'https://raw.githubusercontent.com/karpathy/makemore/master/',
  origin: 'the repository karpathy/makemore on GitHub',
  holds: 'the file names.txt',
  isCompressed: false,
}

const checksum = '0a30b5557f192f32ab962680889aac5f6fda0f4cecf40a6d0b5694f58ea8cc4d'

/**
 * 32,033 first names in the letters a to z, the longest of 15 letters. The mirror holds `names.txt`.
 *
 * Source: A. Karpathy, makemore; counts of the United States' Social Security Administration.
 *
 * @throws DataError for a file that is missing, cut off or altered, and a server that does not work
 * @throws ArgumentError for an unknown option
 *
 * @example
 * ```ts
 * import { names } from 'neurite/data'
 *
 * try {
 *   console.log((await names({ mirror: './no-such-folder' })).length)
 * } catch (error) {
 *   console.log((error as Error).name) // → DataError
 * }
 * ```
 */
export async function names(options: LoadOptions = {}): Promise<string[]> {
  const reader = openSource('names', source, options)
  return linesOf(decodeText(source.title, await reader.read('names.txt', { checksum })))
}
