import { ArgumentError } from '../../errors.ts'
import { requireKnownOptions } from '../options.ts'
import { mergePair, PairCounter } from './byte-pair-training.ts'
import { noSuchToken, requireDifferent } from './vocabulary.ts'
import type { DecodeOptions, SpecialTokens, StoredVocabulary, Vocabulary } from './vocabulary.ts'

export interface BytePairVocabularyOptions extends SpecialTokens {
  /** How many tokens, with the 256 bytes and the special ones; fewer where the text has no more pairs. */
  readonly size: number
}

/** Words with the space before them, numbers, signs, other spaces: together they are the text. */
const pieces = / ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu
const BYTES = 256
/** Pieces whose tokens are remembered. */
const REMEMBERED = 50_000

/**
 * A vocabulary of byte pairs: it begins with the 256 bytes of UTF-8, and joins the pair that comes most often until it
 * has its size. Pairs never reach over the border of a word. Every text can be encoded, and comes back exactly as it was.
 *
 * Source: R. Sennrich, B. Haddow and A. Birch, "Neural Machine Translation of Rare Words with Subword Units" (ACL 2016),
 * on bytes as in A. Radford et al., "Language Models are Unsupervised Multitask Learners" (2019).
 *
 * @example
 * ```ts
 * import { BytePairVocabulary } from 'neurite/data'
 *
 * const vocabulary = BytePairVocabulary.build('the cat and the hat and the rat', { size: 264 })
 * const tokens = vocabulary.encode('the bat ☺')
 * console.log(tokens.length, vocabulary.tokenText(tokens[0]!)) // → 8 the
 * console.log(vocabulary.decode(tokens)) // → the bat ☺
 * ```
 */
export class BytePairVocabulary implements Vocabulary {
  readonly size: number
  readonly specials: readonly string[]
  /** Pairs of tokens, in the order in which they were joined. */
  private readonly merges: readonly number[]
  /** The bytes of each token behind the special ones. */
  private readonly bytes: Uint8Array[]
  /** The rank of a pair, by `first * size + second`. */
  private readonly ranks = new Map<number, number>()
  private readonly known = new Map<string, readonly number[]>()

  /** Use `BytePairVocabulary.build` or `vocabularyFromJSON`. */
  constructor(specials: readonly string[], merges: readonly number[]) {
    requireDifferent(specials, new Set(specials).size)
    this.specials = specials
    this.merges = merges
    this.size = specials.length + BYTES + merges.length / 2
    this.bytes = Array.from({ length: BYTES }, (_, byte) => Uint8Array.of(byte))
    for (let rank = 0; rank < merges.length / 2; rank++) {
      const first = merges[2 * rank]!
      const second = merges[2 * rank + 1]!
      this.ranks.set(first * this.size + second, rank)
      const [a, b] = [first, second].map((token) => this.bytes[token - specials.length]!)
      this.bytes.push(Uint8Array.from([...a!, ...b!]))
    }
  }

  /**
   * Learns from a text or several.
   *
   * @throws ArgumentError for unknown options, and a size without room for the bytes
   */
  static build(text: string | readonly string[], options: BytePairVocabularyOptions): BytePairVocabulary {
    requireKnownOptions('BytePairVocabulary.build', options, ['size', 'specials'])
    const { size, specials = [] } = options
    const start = specials.length + BYTES
    if (!(Number.isInteger(size) && size >= start && size <= 1_000_000)) {
      throw new ArgumentError({
        what: `BytePairVocabulary.build: size is ${size}`,
        expected: `a whole number from ${start} (${BYTES} bytes and ${specials.length} special tokens) to 1000000`,
        fix: 'pass a size such as 1024',
      })
    }
    const counts = new Map<string, number>()
    for (const part of typeof text === 'string' ? [text] : text) {
      for (const piece of part.match(pieces) ?? []) counts.set(piece, (counts.get(piece) ?? 0) + 1)
    }
    const counter = new PairCounter(
      Array.from(counts, ([piece, count]) => ({ tokens: bytesOf(piece, specials.length), count })),
    )
    const merges: number[] = []
    for (let merged = start; merged < size; merged++) {
      const pair = counter.mostFrequent()
      if (pair === undefined) break
      counter.merge(...pair, merged)
      merges.push(...pair)
    }
    return new BytePairVocabulary(specials, merges)
  }

  encode(text: string): Int32Array {
    const tokens: number[] = []
    for (const piece of text.match(pieces) ?? []) for (const token of this.encodePiece(piece)) tokens.push(token)
    return Int32Array.from(tokens)
  }

  /** Bytes that are no UTF-8, as they can stand at the end of a part of a text, become `�`. */
  decode(tokens: ArrayLike<number>, options: DecodeOptions = {}): string {
    requireKnownOptions('decode', options, ['skipSpecials'])
    let text = ''
    let run: number[] = []
    const flush = (): void => {
      text += new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(run))
      run = []
    }
    for (let i = 0; i < tokens.length; i++) {
      const token = tokens[i]!
      const bytes = this.bytes[token - this.specials.length]
      if (bytes !== undefined) {
        for (const byte of bytes) run.push(byte)
        continue
      }
      const special = this.specials[token]
      if (special === undefined) throw noSuchToken(token, i, this.size)
      flush()
      if (options.skipSpecials !== true) text += special
    }
    flush()
    return text
  }

  /** What one token stands for. */
  tokenText(token: number): string {
    return this.decode([token])
  }

  /** The number of a special token, or of the token with exactly this text. */
  indexOf(token: string): number {
    const special = this.specials.indexOf(token)
    if (special >= 0) return special
    const tokens = this.encodePiece(token)
    if (tokens.length === 1) return tokens[0]!
    throw new ArgumentError({
      what: `the vocabulary has no token ${JSON.stringify(token)}`,
      expected: `a special token${this.specials.length > 0 ? ` (${this.specials.join(', ')})` : ''} or one that was learned`,
      fix: 'name special tokens in the option specials when the vocabulary is built',
    })
  }

  toJSON(): StoredVocabulary {
    return { kind: 'bytePair', specials: this.specials, merges: this.merges }
  }

  /** Joins pairs in the order in which they were learned. */
  private encodePiece(piece: string): readonly number[] {
    const before = this.known.get(piece)
    if (before !== undefined) return before
    let tokens = bytesOf(piece, this.specials.length)
    for (;;) {
      let lowest = Infinity
      for (let i = 1; i < tokens.length; i++) {
        const rank = this.ranks.get(tokens[i - 1]! * this.size + tokens[i]!)
        if (rank !== undefined && rank < lowest) lowest = rank
      }
      if (lowest === Infinity) break
      const merged = this.specials.length + BYTES + lowest
      tokens = mergePair(tokens, this.merges[2 * lowest]!, this.merges[2 * lowest + 1]!, merged)
    }
    if (this.known.size >= REMEMBERED) this.known.clear()
    this.known.set(piece, tokens)
    return tokens
  }
}

function bytesOf(text: string, first: number): number[] {
  return Array.from(new TextEncoder().encode(text), (byte) => first + byte)
}
