import { DataError } from '../../errors.ts'
import { RandomStream } from '../../math/random.ts'
import type { BatchArray, Dataset } from '../dataset.ts'
import { requireKnownOptions, requireWholeNumber } from '../options.ts'

/**
 * Windows over the tokens of a text, for language models: inputs [steps], and as targets [steps] the tokens that follow
 * each of them. Cut out when a batch is made of them. Made by `tokenWindows`, `randomWindows` and `tokenStreams`.
 */
export class TokenWindows implements Dataset {
  readonly length: number
  readonly inputShape: readonly number[]
  readonly targetShape: readonly number[]
  readonly inputDType = 'int32'
  readonly targetDType = 'int32'
  private readonly tokens: Int32Array
  /** Where each window begins. */
  private readonly starts: Int32Array

  constructor(tokens: Int32Array, starts: Int32Array, steps: number) {
    this.tokens = tokens
    this.starts = starts
    this.length = starts.length
    this.inputShape = [steps]
    this.targetShape = [steps]
  }

  read(indices: Int32Array, inputs: BatchArray, targets: BatchArray): void {
    const steps = this.inputShape[0]!
    for (let i = 0; i < indices.length; i++) {
      const start = this.starts[indices[i]!]!
      inputs.set(this.tokens.subarray(start, start + steps), i * steps)
      targets.set(this.tokens.subarray(start + 1, start + steps + 1), i * steps)
    }
  }
}

/**
 * Windows one after the other: each begins `stride` tokens behind the one before.
 *
 * @param options `steps` tokens per window; `stride` is `steps` by default, so that windows do not overlap
 * @throws DataError for a text that is shorter than a window and the token behind it
 * @throws ArgumentError for unknown options and numbers below 1
 *
 * @example
 * ```ts
 * import { DataLoader, tokenWindows } from 'neurite/data'
 *
 * const windows = tokenWindows(Int32Array.of(1, 2, 3, 4, 5, 6, 7), { steps: 3 })
 * for (const { inputs, targets } of new DataLoader(windows)) console.log([...inputs], [...targets])
 * // → [ 1, 2, 3, 4, 5, 6 ] [ 2, 3, 4, 5, 6, 7 ]
 * ```
 */
export function tokenWindows(
  tokens: Int32Array,
  options: { readonly steps: number; readonly stride?: number },
): TokenWindows {
  requireKnownOptions('tokenWindows', options, ['steps', 'stride'])
  const { steps, stride = steps } = options
  requireWholeNumber('tokenWindows', 'stride', stride, 1)
  const last = lastStart('tokenWindows', tokens.length, steps)
  const count = Math.floor(last / stride) + 1
  return new TokenWindows(
    tokens,
    Int32Array.from({ length: count }, (_, i) => i * stride),
    steps,
  )
}

/**
 * Windows at random places. The same seed gives the same windows.
 *
 * @param options `steps` tokens per window, `count` windows, `seed` (0 by default)
 * @throws DataError for a text that is shorter than a window and the token behind it
 * @throws ArgumentError for unknown options and numbers below 1
 *
 * @example
 * ```ts
 * import { randomWindows } from 'neurite/data'
 *
 * const windows = randomWindows(Int32Array.from({ length: 100 }, (_, i) => i), { steps: 8, count: 1000, seed: 1 })
 * console.log(windows.length, windows.inputShape) // → 1000 [ 8 ]
 * ```
 */
export function randomWindows(
  tokens: Int32Array,
  options: { readonly steps: number; readonly count: number; readonly seed?: number },
): TokenWindows {
  requireKnownOptions('randomWindows', options, ['steps', 'count', 'seed'])
  const { steps, count, seed = 0 } = options
  requireWholeNumber('randomWindows', 'count', count, 1)
  const last = lastStart('randomWindows', tokens.length, steps)
  const stream = new RandomStream(seed, 'windows')
  return new TokenWindows(
    tokens,
    Int32Array.from({ length: count }, () => stream.integer(last + 1)),
    steps,
  )
}

/**
 * Divides a text into `streams` equally long parts that are read side by side: in batches of `streams` windows without
 * shuffling, each row goes on where it ended in the batch before, so that a recurrent network can keep its state from
 * batch to batch. What does not fill whole windows at the end of the parts is left out.
 *
 * @param options `steps` tokens per window, `streams` parts: the batch size of the loader
 * @throws DataError for a text without one window per stream
 * @throws ArgumentError for unknown options and numbers below 1
 *
 * @example
 * ```ts
 * import { DataLoader, tokenStreams } from 'neurite/data'
 *
 * const windows = tokenStreams(Int32Array.from({ length: 9 }, (_, i) => i), { steps: 2, streams: 2 })
 * for (const { inputs } of new DataLoader(windows, { batchSize: 2 })) console.log([...inputs])
 * // → [ 0, 1, 4, 5 ]
 * // → [ 2, 3, 6, 7 ]
 * ```
 */
export function tokenStreams(
  tokens: Int32Array,
  options: { readonly steps: number; readonly streams: number },
): TokenWindows {
  requireKnownOptions('tokenStreams', options, ['steps', 'streams'])
  const { steps, streams } = options
  requireWholeNumber('tokenStreams', 'steps', steps, 1)
  requireWholeNumber('tokenStreams', 'streams', streams, 1)
  const part = Math.floor((tokens.length - 1) / streams)
  const batches = Math.floor(part / steps)
  if (batches < 1) throw tooShort('tokenStreams', tokens.length, streams * steps + 1)
  const starts = Int32Array.from({ length: batches * streams }, (_, i) => {
    return (i % streams) * part + Math.floor(i / streams) * steps
  })
  return new TokenWindows(tokens, starts, steps)
}

/** The last place at which a window and the token behind it fit. */
function lastStart(where: string, length: number, steps: number): number {
  requireWholeNumber(where, 'steps', steps, 1)
  if (length > steps) return length - steps - 1
  throw tooShort(where, length, steps + 1)
}

function tooShort(where: string, length: number, needed: number): DataError {
  return new DataError({
    what: `${where}: the text has ${length} tokens`,
    expected: `at least ${needed}`,
    fix: 'pass a longer text, or fewer steps',
  })
}
