import { requireKnownOptions } from '../options.ts'
import { TensorDataset } from '../tensor-dataset.ts'
import { padSequences } from './pad-sequences.ts'

export interface NextTokenOptions {
  /** The number of the token before the first. */
  readonly start: number
  /** The number of the token behind the last; by default that of `start`. */
  readonly end?: number
  /** What fills the inputs of shorter sequences; by default the number of `end`. */
  readonly padding?: number
  /** What fills the targets there: the `ignoreIndex` of the loss. -100 by default, as there. */
  readonly ignore?: number
}

/**
 * A dataset for learning to continue short sequences, such as names: the input is the start token and the sequence, the
 * target the sequence and the end token. All are as long as the longest; the loss leaves out what is filled.
 *
 * @throws DataError for no sequences
 * @throws ArgumentError for an unknown option
 *
 * @example
 * ```ts
 * import { nextTokenDataset } from 'neurite/data'
 *
 * const dataset = nextTokenDataset([[3, 1, 4], [5]], { start: 0 })
 * console.log([...dataset.example(1).input], [...dataset.example(1).target]) // → [ 0, 5, 0, 0 ] [ 5, 0, -100, -100 ]
 * ```
 */
export function nextTokenDataset(sequences: readonly ArrayLike<number>[], options: NextTokenOptions): TensorDataset {
  requireKnownOptions('nextTokenDataset', options, ['start', 'end', 'padding', 'ignore'])
  const { start, end = start, padding = end, ignore = -100 } = options
  const lists = sequences.map((sequence) => Array.from(sequence))
  const inputs = padSequences(
    lists.map((list) => [start, ...list]),
    { padding },
  )
  const targets = padSequences(
    lists.map((list) => [...list, end]),
    { padding: ignore },
  )
  const shape = [inputs.length]
  return new TensorDataset({ inputs: { data: inputs.data, shape }, targets: { data: targets.data, shape } })
}
