import { ArgumentError } from '../../errors.ts'
import { requireKnownOptions } from '../options.ts'
import type { PlanarData } from './planar.ts'

/** Options of `truthTable`. */
export interface TruthTableOptions {
  /**
   * Which of the 16 functions of two bits: its four answers, for (0, 0), (0, 1), (1, 0), (1, 1), read as a binary number. AND
   * is 1, XOR is 6, OR is 7, NAND is 14.
   */
  readonly table: number
}

/**
 * The four rows of a truth table of two inputs.
 *
 * @throws ArgumentError for a table that is no whole number from 0 to 15, and for unknown options
 *
 * @example
 * ```ts
 * import { truthTable } from 'neurite/data'
 *
 * const { inputs, labels } = truthTable({ table: 7 })
 * console.log([...inputs].join(' '), '|', [...labels].join(' ')) // → 0 0 0 1 1 0 1 1 | 0 1 1 1
 * ```
 */
export function truthTable(options: TruthTableOptions): PlanarData {
  requireKnownOptions('truthTable', options, ['table'])
  const { table } = options
  if (!Number.isInteger(table) || table < 0 || table > 15) {
    throw new ArgumentError({
      what: `truthTable: table is ${table}`,
      expected: 'a whole number from 0 to 15',
      fix: 'read the four answers as a binary number: AND is 0001, which is 1',
    })
  }
  return {
    inputs: Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1),
    labels: Int32Array.from([3, 2, 1, 0], (bit) => (table >> bit) & 1),
  }
}
