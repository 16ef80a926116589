import { ArgumentError, DataError, FileFormatError } from '../../errors.ts'
import { requireKnownOptions } from '../options.ts'
import { csvCells } from './csv-cells.ts'
import { Table } from './table.ts'
import type { Column } from './table.ts'

export interface CsvOptions {
  /** One character between cells; a comma by default. */
  readonly delimiter?: string
  /** One character around cells that hold delimiters; `"` by default. */
  readonly quote?: string
  /** Whether the first row names the columns; true by default. */
  readonly header?: boolean
  /** The names of the columns, in place of those of the header; without both they are column0, column1 ... */
  readonly columns?: readonly string[]
  /** Take spaces around unquoted cells away; true by default. */
  readonly trim?: boolean
  /** What stands for a missing value; by default '', NA, NaN, nan and null. */
  readonly missing?: readonly string[]
  /** What columns hold; those not named are numbers where every value that is not missing is a number. */
  readonly kinds?: Readonly<Record<string, 'number' | 'category'>>
}

const known = ['delimiter', 'quote', 'header', 'columns', 'trim', 'missing', 'kinds']
const number = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/

/**
 * Reads a table from text with separated cells: numbers, and categories (all else). Categories are sorted.
 *
 * Source: RFC 4180, "Common Format and MIME Type for Comma-Separated Values (CSV) Files".
 *
 * @throws FileFormatError for rows of different lengths and quotes that do not close, with the line
 * @throws DataError for a text without rows, and for a cell that is no number in a column of numbers
 * @throws ArgumentError for unknown options and columns
 *
 * @example
 * ```ts
 * import { parseCsv } from 'neurite/data'
 *
 * const table = parseCsv('city,"mean, summer"\nParis,19.5\n"Saint ""Q""",NA\n')
 * console.log(table.rowCount, table.columnNames) // → 2 [ 'city', 'mean, summer' ]
 * console.log(table.numbers('mean, summer'), table.categories('city'))
 * // → Float64Array(2) [ 19.5, NaN ] [ 'Paris', 'Saint "Q"' ]
 * ```
 */
export function parseCsv(text: string, options: CsvOptions = {}): Table {
  requireKnownOptions('parseCsv', options, known)
  const { delimiter = ',', quote = '"', header = true, trim = true, kinds = {} } = options
  requireCharacter('delimiter', delimiter)
  requireCharacter('quote', quote)
  const missing = new Set(options.missing ?? ['', 'NA', 'NaN', 'nan', 'null'])
  const rows = csvCells(text, { delimiter, quote, trim })
  const first = rows[0]
  const width = first?.length ?? 0
  if (header) rows.shift()
  if (rows.length === 0) {
    throw new DataError({
      what: `parseCsv: the text has ${header && width > 0 ? 'a header and ' : ''}no rows`,
      expected: 'at least one row of cells',
      fix: 'check that the text was read; pass header: false where the first row is data',
    })
  }
  const names = columnNames(options.columns, header ? first : undefined, width)
  for (const name of Object.keys(kinds)) {
    if (names.includes(name)) continue
    throw new ArgumentError({
      what: `parseCsv: kinds names the column '${name}', which is not there`,
      expected: `one of ${names.join(', ')}`,
      fix: 'correct the name',
    })
  }
  rows.forEach((row, index) => {
    if (row.length === width) return
    throw new FileFormatError({
      what: `csv: row ${index + 1}${header ? ' below the header' : ''} has ${row.length} cells`,
      expected: `${width} cells, as in the first row`,
      fix: 'check the row, and the options delimiter and quote',
    })
  })
  return new Table(names.map((name, index) => makeColumn(name, index, rows, missing, kinds[name])))
}

function columnNames(given: readonly string[] | undefined, header: string[] | undefined, width: number): string[] {
  const names = given ?? header ?? Array.from({ length: width }, (_, index) => `column${index}`)
  if (names.length !== width) {
    throw new ArgumentError({
      what: `parseCsv: ${names.length} names for ${width} columns`,
      expected: 'one name per column',
      fix: 'pass a name for each cell of a row, or leave columns out',
    })
  }
  return [...names]
}

function makeColumn(
  name: string,
  index: number,
  rows: readonly string[][],
  missing: ReadonlySet<string>,
  kind: 'number' | 'category' | undefined,
): Column {
  const isNumber = (cell: string): boolean => missing.has(cell) || number.test(cell)
  const wrong = kind === 'category' ? 0 : rows.findIndex((row) => !isNumber(row[index]!))
  if (wrong < 0) {
    const read = (row: string[]): number => (missing.has(row[index]!) ? NaN : Number(row[index]))
    return { name, kind: 'number', values: Float64Array.from(rows, read) }
  }
  if (kind === 'number') {
    throw new DataError({
      what: `csv: row ${wrong + 1}, column '${name}' is ${JSON.stringify(rows[wrong]![index])}`,
      expected: 'a number, or one of the values that stand for a missing one',
      fix: 'add the value to the option missing, or read the column as a category',
    })
  }
  const found = new Set(rows.map((row) => row[index]!).filter((cell) => !missing.has(cell)))
  const categories = [...found].sort()
  const codes = new Map(categories.map((category, code) => [category, code]))
  return { name, kind: 'category', categories, codes: Int32Array.from(rows, (row) => codes.get(row[index]!) ?? -1) }
}

function requireCharacter(name: string, value: string): void {
  if (value.length === 1 && value !== '\n' && value !== '\r') return
  throw new ArgumentError({
    what: `parseCsv: ${name} is ${JSON.stringify(value)}`,
    expected: 'one character that ends no line',
    fix: `leave ${name} out, or pass a character such as ';'`,
  })
}
