import { CharacterVocabulary, tinyShakespeare, tokenWindows } from 'neurite/data'
import type { LoadProgress, TokenWindows } from 'neurite/data'

export interface Shakespeare {
  readonly vocabulary: CharacterVocabulary
  /** The first nine tenths. */
  readonly train: Int32Array
  /** The last tenth. */
  readonly validation: Int32Array
}

export interface ShakespeareOptions {
  readonly mirror?: string | undefined
  readonly signal?: AbortSignal
  readonly onLoading?: (what: string, fraction: number) => void
}

/** The text as numbers of its characters, in two parts. */
export async function shakespeare({ mirror, signal, onLoading }: ShakespeareOptions = {}): Promise<Shakespeare> {
  const text = await tinyShakespeare({
    ...(mirror === undefined ? {} : { mirror }),
    ...(signal === undefined ? {} : { signal }),
    onProgress: ({ file, loadedBytes, totalBytes }: LoadProgress) =>
      onLoading?.(`reading ${file}`, loadedBytes / (totalBytes ?? Infinity)),
  })
  const vocabulary = CharacterVocabulary.build(text)
  const tokens = vocabulary.encode(text)
  const border = Math.floor(0.9 * tokens.length)
  return { vocabulary, train: tokens.subarray(0, border), validation: tokens.subarray(border) }
}

/** Windows to learn from; each character is in two of them, at different places. */
export function overlapping(tokens: Int32Array, steps: number): TokenWindows {
  return tokenWindows(tokens, { steps, stride: steps / 2 })
}
