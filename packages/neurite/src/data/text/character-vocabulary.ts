import { requireKnownOptions } from '../options.ts'
import { TokenTable } from './vocabulary.ts'
import type { DecodeOptions, SpecialTokens, StoredVocabulary, Vocabulary } from './vocabulary.ts'

export interface CharacterVocabularyOptions extends SpecialTokens {
  /** A special token for characters that the vocabulary lacks; without it they are an error. */
  readonly unknown?: string
}

/**
 * A vocabulary of characters (code points), in the order of their numbers.
 *
 * @example
 * ```ts
 * import { CharacterVocabulary } from 'neurite/data'
 *
 * const vocabulary = CharacterVocabulary.build('hello', { specials: ['<end>'] })
 * const tokens = vocabulary.encode('hole')
 * console.log(vocabulary.size, [...tokens], vocabulary.indexOf('<end>')) // → 5 [ 2, 4, 3, 1 ] 0
 * console.log(vocabulary.decode(tokens)) // → hole
 * ```
 */
export class CharacterVocabulary implements Vocabulary {
  private readonly table: TokenTable

  /** Use `CharacterVocabulary.build` or `vocabularyFromJSON`. */
  constructor(table: TokenTable) {
    this.table = table
  }

  /**
   * The characters of a text or of several.
   *
   * @throws ArgumentError for unknown options, and special tokens that are characters of the text
   */
  static build(text: string | readonly string[], options: CharacterVocabularyOptions = {}): CharacterVocabulary {
    requireKnownOptions('CharacterVocabulary.build', options, ['specials', 'unknown'])
    const characters = new Set<string>()
    for (const part of typeof text === 'string' ? [text] : text) for (const character of part) characters.add(character)
    const specials = specialsOf(options)
    const sorted = [...characters].sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!)
    return new CharacterVocabulary(new TokenTable([...specials, ...sorted], specials.length, options.unknown))
  }

  get size(): number {
    return this.table.tokens.length
  }

  get specials(): readonly string[] {
    return this.table.specials
  }

  /** @throws DataError for a character that is not in the vocabulary, where there is no unknown token */
  encode(text: string): Int32Array {
    return this.table.encode(text, text.length, 'character')
  }

  decode(tokens: ArrayLike<number>, options?: DecodeOptions): string {
    return this.table.decode(tokens, options).join('')
  }

  indexOf(token: string): number {
    return this.table.indexOf(token)
  }

  toJSON(): StoredVocabulary {
    const { tokens, specials, unknown } = this.table
    return { kind: 'character', tokens, specials: specials.length, unknown: unknown ?? null }
  }
}

/** The special tokens with the unknown one, which needs no mention among them. */
export function specialsOf({ specials = [], unknown }: CharacterVocabularyOptions): readonly string[] {
  return unknown === undefined || specials.includes(unknown) ? specials : [unknown, ...specials]
}
