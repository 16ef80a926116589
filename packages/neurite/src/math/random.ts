import { requireWhole } from '../option-checks.ts'
import { log } from './log.ts'
import { threefryInto } from './threefry.ts'
import { cos, sin } from './trigonometry.ts'

const WORD = 4294967296
const TWO_PI = 2 * Math.PI

/**
 * Fills an array with the words of the blocks from `block` on, for the key given, or leaves it as it is and gives false. The
 * last block is below 2^32.
 */
export type WordFiller = (out: Uint32Array, key0: number, key1: number, block: number) => boolean

let filler: WordFiller | undefined

/** Lends the streams faster code for large arrays; it must give the same bits. */
export function lendWordFiller(faster: WordFiller): void {
  filler = faster
}

/** Words from which on a filler is faster. */
const LARGE = 4096

/**
 * A stream of random numbers named by a seed and a name: the same numbers in every JavaScript engine. Its whole state is
 * `counter`, the number of 32-bit words drawn so far, so it can be stored and continued.
 *
 * @param seed an integer from 0 to 2^53 - 1
 * @param streamName separates streams of one seed, such as 'dropout' and 'shuffle'
 * @throws ArgumentError for a seed or a counter that is not such an integer
 *
 * @example
 * ```ts
 * import { RandomStream } from 'neurite'
 *
 * const stream = new RandomStream(1, 'shuffle')
 * const first = stream.permutation(5)
 * stream.counter = 0
 * console.log(stream.permutation(5).join() === first.join()) // → true
 * ```
 */
export class RandomStream {
  readonly seed: number
  readonly streamName: string
  private readonly key0: number
  private readonly key1: number
  private readonly block = new Uint32Array(2)
  private blockIndex = -1
  private drawn = 0

  constructor(seed: number, streamName: string) {
    requireWhole(`the random stream '${streamName}'`, 'seed', seed, 0, Number.MAX_SAFE_INTEGER)
    this.seed = seed
    this.streamName = streamName
    const key = new Uint32Array(2)
    threefryInto(key, seed % WORD, Math.floor(seed / WORD), hashName(streamName, 1), hashName(streamName, 2))
    this.key0 = key[0]! | 0
    this.key1 = key[1]! | 0
  }

  /** Words drawn so far. Writing it moves the stream to that place. */
  get counter(): number {
    return this.drawn
  }

  set counter(value: number) {
    requireWhole(`the random stream '${this.streamName}'`, 'counter', value, 0, Number.MAX_SAFE_INTEGER)
    this.drawn = value
  }

  /** The next 32 random bits as an integer from 0 to 2^32 - 1. Draws one word. */
  bits(): number {
    const index = Math.floor(this.drawn / 2)
    if (index !== this.blockIndex) {
      threefryInto(this.block, this.key0, this.key1, index % WORD, Math.floor(index / WORD))
      this.blockIndex = index
    }
    const word = this.block[this.drawn % 2]!
    this.drawn += 1
    return word
  }

  /** Fills `out` with the next words, as `bits` would, several times as fast. */
  fillBits(out: Uint32Array): void {
    const block = this.drawn / 2
    const fits = out.length >= LARGE && this.drawn % 2 === 0 && block + out.length < WORD
    if (fits && filler?.(out, this.key0, this.key1, block)) {
      this.drawn += out.length
      return
    }
    let i = 0
    if (this.drawn % 2 === 1 && out.length > 0) out[i++] = this.bits()
    let [low, high] = [(this.drawn / 2) % WORD, Math.floor(this.drawn / 2 / WORD)]
    for (; i + 2 <= out.length; i += 2) {
      threefryInto(out, this.key0, this.key1, low, high, i)
      this.drawn += 2
      if (++low === WORD) [low, high] = [0, high + 1]
    }
    if (i < out.length) out[i] = this.bits()
  }

  /** Fills an array with uniform numbers from `low` to `high`, of 32 random bits each. Draws one word per element. */
  fillUniform(out: Float32Array, low: number, high: number): void {
    // The words are drawn where the numbers will stand.
    const words = new Uint32Array(out.buffer, out.byteOffset, out.length)
    this.fillBits(words)
    for (let i = 0; i < out.length; i++) out[i] = low + (high - low) * (words[i]! / WORD)
  }

  /** A uniform number with 53 random bits, `low <= number < high` (0 and 1 by default). Draws two words. */
  uniform(low = 0, high = 1): number {
    const upper = this.bits() >>> 5
    const lower = this.bits() >>> 6
    return low + (high - low) * ((upper * 67108864 + lower) / 9007199254740992)
  }

  /** A number from the normal distribution, at most 6.7 deviations from the mean (Box and Muller). Draws two words. */
  normal(mean = 0, deviation = 1): number {
    const radius = Math.sqrt(-2 * log((this.bits() + 0.5) / WORD))
    return mean + deviation * radius * cos((TWO_PI / WORD) * this.bits())
  }

  /** Fills an array with independent numbers from the normal distribution. Draws one word per element, rounded up to even. */
  fillNormal(out: Float32Array | Float64Array, mean = 0, deviation = 1): void {
    for (let i = 0; i < out.length; i += 2) {
      const radius = deviation * Math.sqrt(-2 * log((this.bits() + 0.5) / WORD))
      const angle = (TWO_PI / WORD) * this.bits()
      out[i] = mean + radius * cos(angle)
      if (i + 1 < out.length) out[i + 1] = mean + radius * sin(angle)
    }
  }

  /**
   * An integer from 0 to `limit - 1`, every one equally likely. Usually draws one word; draws again where a word would
   * favour small numbers.
   *
   * @throws ArgumentError when `limit` is not an integer from 1 to 2^32
   */
  integer(limit: number): number {
    requireWhole('integer', 'limit', limit, 1, WORD)
    const fair = WORD - (WORD % limit)
    let word = this.bits()
    while (word >= fair) word = this.bits()
    return word % limit
  }

  /** The numbers 0 to `length - 1` in random order (Fisher and Yates). */
  permutation(length: number): Int32Array {
    requireWhole('permutation', 'length', length, 0, 2147483647)
    const order = new Int32Array(length)
    for (let i = 0; i < length; i++) order[i] = i
    for (let i = length - 1; i > 0; i--) {
      const j = this.integer(i + 1)
      const kept = order[i]!
      order[i] = order[j]!
      order[j] = kept
    }
    return order
  }
}

/** The 32-bit FNV-1a hash of a name's UTF-16 code units, started from an offset that depends on `variant`. */
function hashName(name: string, variant: number): number {
  let hash = (0x811c9dc5 ^ Math.imul(variant, 0x9e3779b1)) | 0
  for (let i = 0; i < name.length; i++) {
    const unit = name.charCodeAt(i)
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193)
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193)
  }
  return hash >>> 0
}
