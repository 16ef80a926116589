import { requireWhole } from '../option-checks.ts'
import { RandomStream } from '../math/random.ts'
import { threefry2x32 } from '../math/threefry.ts'

/** The seed and the number of draws of every stream: all that decides the random numbers still to come. */
export interface RandomState {
  readonly seed: number
  /** Draws so far, by stream and site: `dropout/features.2`. */
  readonly counters: Readonly<Record<string, number>>
}

/** The key of a stream as two signed words, and the number of the next draw. */
export interface Draw {
  key0: number
  key1: number
  counter: number
}

const LARGEST_COUNTER = 2147483647

let seed = 0
/** Grows with every seed and restored state, so that keys made before are known to be old. */
let generation = 0
let counters = new Map<string, number>()
let keys = new Map<string, readonly [number, number]>()
const hostStreams = new Map<string, { generation: number; stream: RandomStream }>()

/**
 * Sets the seed of all random numbers, 0 at the start, and begins every stream anew. Call it before a model is built:
 * initial weights depend on it.
 *
 * @throws ArgumentError unless `value` is an integer from 0 to 2^53 - 1
 *
 * @example
 * ```ts
 * import { manualSeed, rand } from 'neurite'
 *
 * manualSeed(1)
 * const first = await rand([3]).toText()
 * manualSeed(1)
 * console.log(first === (await rand([3]).toText())) // → true
 * ```
 */
export function manualSeed(value: number): void {
  setRandomState({ seed: value, counters: {} })
}

/**
 * The seed in use.
 *
 * @example
 * ```ts
 * import { currentSeed, manualSeed } from 'neurite'
 *
 * manualSeed(7)
 * console.log(currentSeed()) // → 7
 * ```
 */
export function currentSeed(): number {
  return seed
}

/** Another number after each `manualSeed` and `setRandomState`: numbers drawn from keys made before are old. */
export function seedGeneration(): number {
  return generation
}

/**
 * The seed and all counters, for checkpoints.
 *
 * @example
 * ```ts
 * import { manualSeed, rand, randomState } from 'neurite'
 *
 * manualSeed(1)
 * rand([2])
 * console.log(randomState()) // → { seed: 1, counters: { default: 1 } }
 * ```
 */
export function randomState(): RandomState {
  for (const [name, { generation: made, stream }] of hostStreams) {
    if (made === generation) counters.set(name, stream.counter)
  }
  return { seed, counters: Object.fromEntries([...counters].filter(([, count]) => count > 0).sort(byName)) }
}

/**
 * Continues from a state that `randomState` gave.
 *
 * @throws ArgumentError for a seed or a counter that is no whole number, or is negative
 *
 * @example
 * ```ts
 * import { rand, randomState, setRandomState } from 'neurite'
 *
 * const state = randomState()
 * const first = await rand([2]).toText()
 * setRandomState(state)
 * console.log(first === (await rand([2]).toText())) // → true
 * ```
 */
export function setRandomState(state: RandomState): void {
  for (const [name, value] of [['seed', state.seed] as const, ...Object.entries(state.counters)]) {
    requireWhole('the random state', name, value, 0, Number.MAX_SAFE_INTEGER)
  }
  seed = state.seed
  generation++
  counters = new Map(Object.entries(state.counters))
  keys = new Map()
}

/** Runs `fn` and takes back the draws that it made with `takeDraw`. */
export function withoutDrawing<T>(fn: () => T): T {
  const before = new Map(counters)
  try {
    return fn()
  } finally {
    counters = before
  }
}

/**
 * A stream of random numbers in JavaScript, for shuffling and initial values; its counter is part of `randomState()`.
 * Ask for it anew where it is used: `manualSeed` replaces it.
 *
 * @example
 * ```ts
 * import { hostStream, manualSeed, randomState } from 'neurite'
 *
 * manualSeed(1)
 * const order = hostStream('shuffle').permutation(4)
 * console.log(order.length, randomState().counters['shuffle']! > 0) // → 4 true
 * ```
 */
export function hostStream(name: string): RandomStream {
  const known = hostStreams.get(name)
  if (known !== undefined && known.generation === generation) return known.stream
  const stream = new RandomStream(seed, name)
  stream.counter = counters.get(name) ?? 0
  hostStreams.set(name, { generation, stream })
  return stream
}

/**
 * Takes the next draw of a stream at a site into `draw`. The key depends on seed, stream and site; the counter on the
 * number of draws there before.
 */
export function takeDraw(name: string, draw: Draw): void {
  let key = keys.get(name)
  if (key === undefined) {
    const named = new RandomStream(seed, name)
    key = [named.bits() | 0, named.bits() | 0]
    keys.set(name, key)
  }
  const count = counters.get(name) ?? 0
  counters.set(name, count + 1)
  draw.key0 = key[0]
  draw.key1 = key[1]
  draw.counter = count
  if (count <= LARGEST_COUNTER) return
  // Past 2^31 draws the upper part of the counter moves into the key.
  const [key0, key1] = threefry2x32(key[0], key[1], Math.floor(count / (LARGEST_COUNTER + 1)), 0)
  draw.key0 = key0 | 0
  draw.key1 = key1 | 0
  draw.counter = count % (LARGEST_COUNTER + 1)
}

function byName([a]: readonly [string, number], [b]: readonly [string, number]): number {
  return a < b ? -1 : Number(a > b)
}
