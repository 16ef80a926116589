import { DataError } from '../../errors.ts'

/** Numbers measured one after the other at equal distances, several at each time. */
export interface Series {
  /** The names of the columns. */
  readonly names: readonly string[]
  /** Row by row: all columns of the first time, then of the second ... */
  readonly values: Float64Array
  /** How many rows. */
  readonly length: number
}

/** A series of columns of equal length; a plain array becomes one column named `value`. */
export function makeSeries(columns: Readonly<Record<string, ArrayLike<number>>> | ArrayLike<number>): Series {
  const entries: [string, ArrayLike<number>][] = isList(columns) ? [['value', columns]] : Object.entries(columns)
  const length = entries[0]?.[1].length ?? 0
  if (length === 0 || entries.some(([, column]) => column.length !== length)) {
    throw new DataError({
      what: `makeSeries: columns of the lengths [${entries.map(([, column]) => column.length).join(', ')}]`,
      expected: 'at least one column, and all equally long',
      fix: 'pass { name: numbers } or one list of numbers',
    })
  }
  const values = new Float64Array(length * entries.length)
  for (const [index, [, column]] of entries.entries()) {
    for (let row = 0; row < length; row++) values[row * entries.length + index] = column[row]!
  }
  return { names: entries.map(([name]) => name), values, length }
}

function isList(columns: object): columns is ArrayLike<number> {
  return 'length' in columns && typeof columns.length === 'number'
}
