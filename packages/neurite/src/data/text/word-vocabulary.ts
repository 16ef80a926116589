import { ArgumentError } from '../../errors.ts'
import { requireKnownOptions, requireWholeNumber } from '../options.ts'
import { specialsOf } from './character-vocabulary.ts'
import { TokenTable } from './vocabulary.ts'
import type { DecodeOptions, SpecialTokens, StoredVocabulary, Vocabulary } from './vocabulary.ts'

export interface WordVocabularyOptions extends SpecialTokens {
  /** The special token for words that the vocabulary lacks; `<unknown>` by default. */
  readonly unknown?: string
  /** Write all texts small; false by default. */
  readonly lowercase?: boolean
  /** Leave out words that come fewer times; 1 by default. */
  readonly minimumCount?: number
  /** At most so many tokens, special ones included: the most frequent words. */
  readonly size?: number
}

const word = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}\p{N}]+)*|[^\s\p{L}\p{M}\p{N}]/gu

/** The words of a text (letters, digits, apostrophes inside) and its other signs, one by one; spaces divide them. */
export function splitWords(text: string): string[] {
  return text.match(word) ?? []
}

/**
 * A vocabulary of words and signs, the most frequent first. Spaces are not kept: `decode` puts one between tokens, so
 * encoding a decoded text gives the same numbers.
 *
 * @example
 * ```ts
 * import { WordVocabulary } from 'neurite/data'
 *
 * const vocabulary = WordVocabulary.build('To be, or not to be.', { lowercase: true })
 * const tokens = vocabulary.encode('not to dream')
 * console.log(vocabulary.size, vocabulary.decode(tokens)) // → 7 not to <unknown>
 * ```
 */
export class WordVocabulary implements Vocabulary {
  private readonly table: TokenTable
  private readonly lowercase: boolean

  /** Use `WordVocabulary.build` or `vocabularyFromJSON`. */
  constructor(table: TokenTable, lowercase: boolean) {
    this.table = table
    this.lowercase = lowercase
  }

  /**
   * The words of a text or of several.
   *
   * @throws ArgumentError for unknown options, and a size with no room for words
   */
  static build(text: string | readonly string[], options: WordVocabularyOptions = {}): WordVocabulary {
    const where = 'WordVocabulary.build'
    requireKnownOptions(where, options, ['specials', 'unknown', 'lowercase', 'minimumCount', 'size'])
    const { unknown = '<unknown>', lowercase = false, minimumCount = 1, size } = options
    const specials = specialsOf({ ...options, unknown })
    requireWholeNumber(where, 'minimumCount', minimumCount, 1)
    if (size !== undefined && !(Number.isInteger(size) && size > specials.length)) {
      throw new ArgumentError({
        what: `${where}: size is ${size}, and there are ${specials.length} special tokens`,
        expected: 'a whole number with room for words',
        fix: 'pass a larger size, or leave it out',
      })
    }
    const counts = new Map<string, number>()
    for (const part of typeof text === 'string' ? [text] : text) {
      for (const token of splitWords(lowercase ? part.toLowerCase() : part))
        counts.set(token, (counts.get(token) ?? 0) + 1)
    }
    const kept = [...counts]
      .filter(([token, count]) => count >= minimumCount && !specials.includes(token))
      .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
      .slice(0, size === undefined ? undefined : size - specials.length)
      .map(([token]) => token)
    return new WordVocabulary(new TokenTable([...specials, ...kept], specials.length, unknown), lowercase)
  }

  get size(): number {
    return this.table.tokens.length
  }

  get specials(): readonly string[] {
    return this.table.specials
  }

  encode(text: string): Int32Array {
    const words = splitWords(this.lowercase ? text.toLowerCase() : text)
    return this.table.encode(words, words.length, 'word')
  }

  decode(tokens: ArrayLike<number>, options?: DecodeOptions): string {
    return this.table.decode(tokens, options).join(' ')
  }

  indexOf(token: string): number {
    return this.table.indexOf(token)
  }

  toJSON(): StoredVocabulary {
    const { tokens, specials, unknown } = this.table
    return { kind: 'word', tokens, specials: specials.length, unknown: unknown ?? null, lowercase: this.lowercase }
  }
}
