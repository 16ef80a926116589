const PARITY = 0x1bd11bda

/**
 * The counter-based random number generator Threefry-2x32 with 20 rounds: a bijection of 64-bit counters for each
 * 64-bit key. Equal arguments always give equal numbers, so any part of a stream can be computed without the rest.
 *
 * Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011).
 *
 * @param key0 first word of the key, a 32-bit integer
 * @param key1 second word of the key
 * @param counter0 first word of the counter
 * @param counter1 second word of the counter
 * @returns two unsigned 32-bit integers
 *
 * @example
 * ```ts
 * import { threefry2x32 } from 'neurite'
 * console.log(threefry2x32(0, 0, 0, 0)) // → [ 1797259609, 2579123966 ]
 * ```
 */
export function threefry2x32(key0: number, key1: number, counter0: number, counter1: number): [number, number] {
  const words = new Uint32Array(2)
  threefryInto(words, key0, key1, counter0, counter1)
  return [words[0]!, words[1]!]
}

/** `threefry2x32` that writes its two words to `out` at `at` instead of allocating. */
export function threefryInto(
  out: Uint32Array,
  key0: number,
  key1: number,
  counter0: number,
  counter1: number,
  at = 0,
): void {
  // As int32, so that engines add them as integers.
  const first = key0 | 0
  const second = key1 | 0
  const third = first ^ second ^ PARITY
  let x = (counter0 + first) | 0
  let y = (counter1 + second) | 0
  let before = second
  let after = third
  // Five groups of four rounds; after each group the next two of the three key words are added.
  for (let group = 1; group <= 5; group++) {
    if (group & 1) {
      x = (x + y) | 0
      y = ((y << 13) | (y >>> 19)) ^ x
      x = (x + y) | 0
      y = ((y << 15) | (y >>> 17)) ^ x
      x = (x + y) | 0
      y = ((y << 26) | (y >>> 6)) ^ x
      x = (x + y) | 0
      y = ((y << 6) | (y >>> 26)) ^ x
    } else {
      x = (x + y) | 0
      y = ((y << 17) | (y >>> 15)) ^ x
      x = (x + y) | 0
      y = ((y << 29) | (y >>> 3)) ^ x
      x = (x + y) | 0
      y = ((y << 16) | (y >>> 16)) ^ x
      x = (x + y) | 0
      y = ((y << 24) | (y >>> 8)) ^ x
    }
    x = (x + before) | 0
    y = (y + after + group) | 0
    const next = group % 3 === 1 ? first : group % 3 === 2 ? second : third
    before = after
    after = next
  }
  out[at] = x
  out[at + 1] = y
}
