import { ArgumentError, DataError, IndexOutOfRangeError } from '../../errors.ts'
import { requireKnownOptions } from '../options.ts'

export interface DecodeOptions {
  /** Leave special tokens out; by default their names are written. */
  readonly skipSpecials?: boolean
}

/** Special tokens of a vocabulary. */
export interface SpecialTokens {
  /** Tokens that no text contains, such as `<pad>` or `<end>`; they get the first numbers. */
  readonly specials?: readonly string[]
}

/** Turns text into numbers and back. */
export interface Vocabulary {
  /** How many tokens there are; their numbers are 0 to `size` - 1. */
  readonly size: number
  /** The special tokens, which have the first numbers. */
  readonly specials: readonly string[]
  /** The numbers of the text's tokens. Special tokens never come from a text. */
  encode(text: string): Int32Array
  /** The text of tokens. */
  decode(tokens: ArrayLike<number>, options?: DecodeOptions): string
  /** The number of a token, such as a special one. */
  indexOf(token: string): number
  /** For storing it beside the model; `vocabularyFromJSON` undoes it. */
  toJSON(): StoredVocabulary
}

/** A vocabulary as JSON. */
export type StoredVocabulary =
  | {
      readonly kind: 'character' | 'word'
      readonly tokens: readonly string[]
      readonly specials: number
      readonly unknown: string | null
      readonly lowercase?: boolean
    }
  | { readonly kind: 'bytePair'; readonly specials: readonly string[]; readonly merges: readonly number[] }

/** Tokens with numbers, the special ones first. What vocabularies of characters and of words share. */
export class TokenTable {
  readonly tokens: readonly string[]
  readonly specials: readonly string[]
  /** The token that stands for all that are not in the table. */
  readonly unknown: string | undefined
  private readonly numbers: ReadonlyMap<string, number>
  private readonly unknownNumber: number | undefined

  constructor(tokens: readonly string[], specials: number, unknown: string | undefined) {
    this.tokens = tokens
    this.specials = tokens.slice(0, specials)
    this.unknown = unknown
    this.numbers = new Map(tokens.map((token, index) => [token, index]))
    requireDifferent(tokens, this.numbers.size)
    this.unknownNumber = unknown === undefined ? undefined : this.indexOf(unknown)
  }

  indexOf(token: string): number {
    const index = this.numbers.get(token)
    if (index !== undefined) return index
    throw new ArgumentError({
      what: `the vocabulary has no token ${JSON.stringify(token)}`,
      expected: `one of its ${this.tokens.length} tokens`,
      fix: 'name special tokens in the option specials when the vocabulary is built',
    })
  }

  /** The numbers of tokens of a text; `kind` names them in errors. */
  encode(tokens: Iterable<string>, count: number, kind: string): Int32Array {
    const result = new Int32Array(count)
    let at = 0
    for (const token of tokens) {
      const index = this.numbers.get(token)
      const isInText = index !== undefined && index >= this.specials.length
      const number = isInText ? index : this.unknownNumber
      if (number === undefined) throw this.notInTable(token, at, kind)
      result[at++] = number
    }
    return at === count ? result : result.slice(0, at)
  }

  /** The tokens with these numbers. */
  decode(numbers: ArrayLike<number>, options: DecodeOptions = {}): string[] {
    requireKnownOptions('decode', options, ['skipSpecials'])
    const result: string[] = []
    for (let i = 0; i < numbers.length; i++) {
      const token = this.tokens[numbers[i]!]
      if (token === undefined) throw noSuchToken(numbers[i]!, i, this.tokens.length)
      if (options.skipSpecials !== true || numbers[i]! >= this.specials.length) result.push(token)
    }
    return result
  }

  private notInTable(token: string, at: number, kind: string): DataError {
    return new DataError({
      what: `encode: the ${kind} ${JSON.stringify(token)} at place ${at} is not in the vocabulary`,
      expected: `one of its ${this.tokens.length - this.specials.length} ${kind}s`,
      fix: "build the vocabulary from all texts, or with an unknown token: { unknown: '<unknown>' }",
    })
  }
}

export function noSuchToken(number: number, place: number, size: number): IndexOutOfRangeError {
  return new IndexOutOfRangeError({
    what: `decode: place ${place} holds ${number}`,
    expected: `the number of a token, from 0 to ${size - 1}`,
    fix: 'decode numbers that this vocabulary encoded',
  })
}

/** Throws unless all tokens differ. */
export function requireDifferent(tokens: readonly string[], different: number): void {
  if (different === tokens.length) return
  const twice = tokens.find((token, index) => tokens.indexOf(token) !== index)
  throw new ArgumentError({
    what: `the token ${JSON.stringify(twice)} comes twice`,
    expected: 'special tokens that differ from each other and from the text',
    fix: 'choose names such as <pad> and <end>',
  })
}
