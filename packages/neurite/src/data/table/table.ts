import { ArgumentError, DataError } from '../../errors.ts'
import { RandomStream } from '../../math/random.ts'
import { requireKnownOptions } from '../options.ts'

/** Numbers; NaN where one is missing. */
export interface NumberColumn {
  readonly name: string
  readonly kind: 'number'
  readonly values: Float64Array
}

/** Names of a few kinds: `codes` are places in `categories`, -1 where a value is missing. */
export interface CategoryColumn {
  readonly name: string
  readonly kind: 'category'
  readonly categories: readonly string[]
  readonly codes: Int32Array
}

export type Column = NumberColumn | CategoryColumn

/** How to divide a table: parts between 0 and 1. */
export interface TableSplitOptions {
  readonly validation?: number
  readonly test?: number
  /** The same seed gives the same division; 0 by default. */
  readonly seed?: number
}

/**
 * Columns of equal length with names. `parseCsv` makes them, `TableEncoder` makes datasets of them.
 *
 * @throws ArgumentError for no columns, two of the same name, and columns of different lengths
 *
 * @example
 * ```ts
 * import { parseCsv } from 'neurite/data'
 *
 * const table = parseCsv('height,kind\n1.5,a\n,b\n2,a\n')
 * console.log(table.rowCount, table.withoutMissing().rowCount) // → 3 2
 * const { train, test } = table.split({ test: 0.34, seed: 1 })
 * console.log(train.rowCount, test.rowCount) // → 2 1
 * ```
 */
export class Table {
  readonly columns: readonly Column[]
  readonly rowCount: number

  constructor(columns: readonly Column[]) {
    this.columns = columns
    this.rowCount = columns.length === 0 ? 0 : lengthOf(columns[0]!)
    const names = this.columnNames
    const wrong = columns.find((column, index) => {
      return lengthOf(column) !== this.rowCount || names.indexOf(column.name) !== index
    })
    if (wrong === undefined && columns.length > 0) return
    throw new ArgumentError({
      what: wrong === undefined ? 'Table: there are no columns' : `Table: the column '${wrong.name}' does not fit`,
      expected: 'columns of equal length with different names',
      fix: 'check the columns, or give them other names',
    })
  }

  get columnNames(): string[] {
    return this.columns.map(({ name }) => name)
  }

  /** @throws ArgumentError where no column has this name */
  column(name: string): Column {
    const found = this.columns.find((column) => column.name === name)
    if (found !== undefined) return found
    throw new ArgumentError({
      what: `Table: there is no column '${name}'`,
      expected: `one of ${this.columnNames.join(', ')}`,
      fix: 'correct the name',
    })
  }

  /** The values of a column of numbers. */
  numbers(name: string): Float64Array {
    const column = this.column(name)
    if (column.kind === 'number') return column.values
    throw otherKind(name, 'names', 'categories()')
  }

  /** The names that a column of categories can hold. */
  categories(name: string): readonly string[] {
    const column = this.column(name)
    if (column.kind === 'category') return column.categories
    throw otherKind(name, 'numbers', 'numbers()')
  }

  /** The rows with these numbers, in this order. */
  rows(indices: ArrayLike<number>): Table {
    const rows = Int32Array.from(indices)
    const wrong = rows.find((row) => row < 0 || row >= this.rowCount)
    if (wrong !== undefined) {
      throw new ArgumentError({
        what: `Table: there is no row ${wrong}`,
        expected: `a whole number from 0 to ${this.rowCount - 1}`,
        fix: 'pass numbers of rows of this table',
      })
    }
    return new Table(this.columns.map((column) => chooseRows(column, rows)))
  }

  /** The table without these columns. */
  without(...names: string[]): Table {
    for (const name of names) this.column(name)
    return new Table(this.columns.filter((column) => !names.includes(column.name)))
  }

  /** The rows in which none of these columns (by default no column) misses its value. */
  withoutMissing(names: readonly string[] = this.columnNames): Table {
    const columns = names.map((name) => this.column(name))
    const isWhole = (row: number): boolean => columns.every((column) => !isMissing(column, row))
    return this.rows(Array.from({ length: this.rowCount }, (_, row) => row).filter(isWhole))
  }

  /**
   * Divides the rows at random. Inside each part they keep their order.
   * @throws ArgumentError for fractions that leave nothing to train with, or make a part that was asked for empty
   */
  split(options: TableSplitOptions): { train: Table; validation: Table; test: Table } {
    requireKnownOptions('Table.split', options, ['validation', 'test', 'seed'])
    const { validation = 0, test = 0, seed = 0 } = options
    const counts = [validation, test].map((fraction) => Math.round(fraction * this.rowCount))
    const [forValidation, forTest] = counts as [number, number]
    const isEmpty = (fraction: number, count: number): boolean => !(fraction >= 0) || (fraction > 0 && count === 0)
    const isWrong = isEmpty(validation, forValidation) || isEmpty(test, forTest)
    if (isWrong || forValidation + forTest >= this.rowCount) {
      throw new ArgumentError({
        what: `Table.split: parts of ${validation} and ${test} of ${this.rowCount} rows`,
        expected: 'at least one row in each part, and some to train with',
        fix: 'pass fractions such as { validation: 0.1, test: 0.2 }',
      })
    }
    const order = new RandomStream(seed, 'split').permutation(this.rowCount)
    const part = (start: number, end: number): Table => this.rows(order.slice(start, end).toSorted())
    return {
      test: part(0, forTest),
      validation: part(forTest, forTest + forValidation),
      train: part(forTest + forValidation, this.rowCount),
    }
  }
}

function lengthOf(column: Column): number {
  return column.kind === 'number' ? column.values.length : column.codes.length
}

function isMissing(column: Column, row: number): boolean {
  return column.kind === 'number' ? Number.isNaN(column.values[row]!) : column.codes[row]! < 0
}

function chooseRows(column: Column, rows: Int32Array): Column {
  if (column.kind === 'number') return { ...column, values: Float64Array.from(rows, (row) => column.values[row]!) }
  return { ...column, codes: rows.map((row) => column.codes[row]!) }
}

function otherKind(name: string, holds: string, method: string): DataError {
  return new DataError({
    what: `Table: the column '${name}' holds ${holds}`,
    expected: 'a column of the other kind',
    fix: `use ${method}, or read it with kinds: { ${JSON.stringify(name)}: ... }`,
  })
}
