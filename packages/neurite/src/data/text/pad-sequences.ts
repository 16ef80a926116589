import { ArgumentError, DataError } from '../../errors.ts'
import { requireKnownOptions, requireWholeNumber } from '../options.ts'

/** How to bring sequences to one length. */
export interface PadOptions {
  /** The length of all; that of the longest by default. Longer ones are cut. */
  readonly length?: number
  /** What fills the rest; 0 by default. */
  readonly padding?: number
  /** Where the filling goes, and where longer ones are cut; `end` by default. */
  readonly side?: 'start' | 'end'
}

/** Sequences of one length. */
export interface PaddedSequences {
  /** `[sequences, length]` */
  readonly data: Int32Array
  readonly length: number
  /** How many tokens of each are not filling. */
  readonly lengths: Int32Array
}

/**
 * Brings sequences of tokens to one length.
 *
 * @throws DataError for no sequences, or only empty ones without a length
 * @throws ArgumentError for unknown options and values
 *
 * @example
 * ```ts
 * import { padSequences } from 'neurite/data'
 *
 * const { data, length, lengths } = padSequences([[1, 2, 3], [4]], { padding: 0 })
 * console.log([...data], length, [...lengths]) // → [ 1, 2, 3, 4, 0, 0 ] 3 [ 3, 1 ]
 * ```
 */
export function padSequences(sequences: readonly ArrayLike<number>[], options: PadOptions = {}): PaddedSequences {
  requireKnownOptions('padSequences', options, ['length', 'padding', 'side'])
  const { padding = 0, side = 'end' } = options
  if (side !== 'start' && side !== 'end') {
    throw new ArgumentError({
      what: `padSequences: side is '${String(side)}'`,
      expected: "'start' or 'end'",
      fix: "leave it out for 'end'",
    })
  }
  const length = options.length ?? sequences.reduce((longest, { length }) => Math.max(longest, length), 0)
  if (options.length !== undefined) requireWholeNumber('padSequences', 'length', length, 1)
  if (sequences.length === 0 || length === 0) {
    throw new DataError({
      what: 'padSequences: there are no tokens',
      expected: 'at least one sequence with a token',
      fix: 'pass the sequences, or a length',
    })
  }
  const data = new Int32Array(sequences.length * length).fill(padding)
  const lengths = new Int32Array(sequences.length)
  for (const [row, sequence] of sequences.entries()) {
    const kept = Math.min(sequence.length, length)
    const from = side === 'end' ? 0 : sequence.length - kept
    const into = row * length + (side === 'end' ? 0 : length - kept)
    for (let i = 0; i < kept; i++) data[into + i] = sequence[from + i]!
    lengths[row] = kept
  }
  return { data, length, lengths }
}
