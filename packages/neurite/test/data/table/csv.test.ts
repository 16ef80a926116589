import { describe, expect, test } from 'vitest'
import { parseCsv, Table, TableEncoder } from '../../../src/data/index.ts'
import type { CsvOptions, StoredTableEncoder } from '../../../src/data/index.ts'
import { ArgumentError, DataError, FileFormatError } from '../../../src/errors.ts'

const cells = (text: string, options: CsvOptions = {}): string[][] => {
  const table = parseCsv(text, { header: false, missing: [], ...options, kinds: { ...options.kinds } })
  return Array.from({ length: table.rowCount }, (_, row) =>
    table.columns.map((column) =>
      column.kind === 'number' ? String(column.values[row]!) : column.categories[column.codes[row]!]!,
    ),
  )
}

describe('cells', () => {
  const cases: [string, string, CsvOptions, string[][]][] = [
    ['plain', 'a,b\nc,d\n', {}, [['a', 'b'], ['c', 'd']]], // prettier-ignore
    ['without a line end at the end', 'a,b\nc,d', {}, [['a', 'b'], ['c', 'd']]], // prettier-ignore
    ['with line ends of Windows', 'a,b\r\n"c","d"\r\n', {}, [['a', 'b'], ['c', 'd']]], // prettier-ignore
    ['with a byte order mark', '\ufeffa,b', {}, [['a', 'b']]],
    ['quoted delimiters, line ends and quotes', '"a,\nb","say ""no"""', {}, [['a,\nb', 'say "no"']]],
    ['another quote and delimiter', "'a;b';c", { quote: "'", delimiter: ';' }, [['a;b', 'c']]],
    ['spaces around', ' a , "b" ,c ', {}, [['a', 'b', 'c']]],
    ['spaces kept', ' a,b ', { trim: false }, [[' a', 'b ']]],
    ['tabulators', 'a b\t\tc', { delimiter: '\t' }, [['a b', '', 'c']]],
    ['empty cells', ',x,\ny,,', {}, [['', 'x', ''], ['y', '', '']]], // prettier-ignore
    ['empty lines left out', 'a,b\n\n\nc,d\n\n', {}, [['a', 'b'], ['c', 'd']]], // prettier-ignore
    ['a quote inside a cell', 'a"b,c', {}, [['a"b', 'c']]],
  ]
  test.each(cases)('%s', (_, text, options, expected) => {
    expect(cells(text, options)).toEqual(expected)
  })

  const bad: [string, string, string][] = [
    ['a quote that never closes', 'a,b\nc,"d\ne', 'line 2: a quote is opened and never closed'],
    ['text behind a quote', 'a,b\n"c"d,e', 'line 2: text follows the closing quote'],
    ['a row that is too short', 'a,b\nc,d\ne\n', 'row 3 has 1 cells'],
    ['a row that is too long', 'a,b\nc,d,e\n', 'row 2 has 3 cells'],
  ]
  test.each(bad)('refuses %s', (_, text, message) => {
    expect(() => cells(text)).toThrow(FileFormatError)
    expect(() => cells(text)).toThrow(message)
  })
})

describe('columns', () => {
  test('numbers, categories and missing values', () => {
    const table = parseCsv('n,c,m\n1,x,\n-.5e2,NA,7\n+3.,a,8\n')
    expect([...table.numbers('n')]).toEqual([1, -50, 3])
    expect(table.column('c')).toEqual({
      name: 'c',
      kind: 'category',
      categories: ['a', 'x'],
      codes: Int32Array.of(1, -1, 0),
    })
    expect([...table.numbers('m')]).toEqual([NaN, 7, 8])
    expect(table.withoutMissing().rowCount).toBe(1)
    expect(table.withoutMissing(['m']).rowCount).toBe(2)
  })

  test('are what the options say', () => {
    const table = parseCsv('1,?\n2,5\n', {
      header: false,
      columns: ['a', 'b'],
      missing: ['?'],
      kinds: { a: 'category' },
    })
    expect(table.categories('a')).toEqual(['1', '2'])
    expect([...table.numbers('b')]).toEqual([NaN, 5])
    expect(parseCsv('x,y\n1,2', { columns: ['a', 'b'] }).columnNames).toEqual(['a', 'b'])
    expect(parseCsv('1,2', { header: false }).columnNames).toEqual(['column0', 'column1'])
  })

  test('refuse what does not fit', () => {
    expect(() => parseCsv('a\nx', { kinds: { a: 'number' } })).toThrow('row 1, column \'a\' is "x"')
    expect(() => parseCsv('a\nx', { kinds: { b: 'number' } })).toThrow("column 'b', which is not there")
    expect(() => parseCsv('a,b\n')).toThrow('a header and no rows')
    expect(() => parseCsv('')).toThrow(DataError)
    expect(() => parseCsv('a,a\n1,2')).toThrow(ArgumentError)
    expect(() => parseCsv('a\n1', { columns: ['a', 'b'] })).toThrow('2 names for 1 columns')
    expect(() => parseCsv('a\n1', { delimiter: ', ' })).toThrow('delimiter is ", "')
    expect(() => parseCsv('a\n1', { headers: true } as CsvOptions)).toThrow("there is no option 'headers'")
    expect(() => parseCsv('a\n1').numbers('b')).toThrow("there is no column 'b'")
    expect(() => parseCsv('a\n1').categories('a')).toThrow('holds numbers')
    expect(() => parseCsv('a\nx').numbers('a')).toThrow('holds names')
    expect(() => parseCsv('a\n1').rows([1])).toThrow('no row 1')
    expect(() => new Table([])).toThrow('no columns')
  })
})

describe('division', () => {
  const table = parseCsv(`n\n${Array.from({ length: 100 }, (_, i) => i).join('\n')}`)

  test('gives every row to one part, by the seed', () => {
    const parts = (seed: number) => {
      const { train, validation, test: held } = table.split({ validation: 0.1, test: 0.2, seed })
      return [train, validation, held].map((part) => [...part.numbers('n')])
    }
    const first = parts(1)
    expect(first.map((part) => part.length)).toEqual([70, 10, 20])
    expect(first.flat().toSorted((a, b) => a - b)).toEqual([...table.numbers('n')])
    for (const part of first) expect(part).toEqual(part.toSorted((a, b) => a - b))
    expect(parts(1)).toEqual(first)
    expect(parts(2)).not.toEqual(first)
  })

  test.each([{ test: 1 }, { test: 0.001 }, { validation: -0.1 }, { validation: 0.5, test: 0.5 }, { test: NaN }])(
    'refuses %s',
    (options) => expect(() => table.split(options)).toThrow(ArgumentError),
  )
})

describe('encoding', () => {
  const past = parseCsv('size,color,kind\n1,red,a\n3,blue,b\nNA,blue,a\n')
  const later = parseCsv('size,color,kind\n5,green,b\n2,red,b\n')

  test('learns from one table and serves the others', () => {
    const encoder = TableEncoder.fit(past, { target: 'kind', missing: 'mean' })
    expect(encoder.featureNames).toEqual(['size', 'color=blue', 'color=red'])
    const dataset = encoder.dataset(past)
    expect([0, 1, 2].flatMap((row) => [...dataset.example(row).input])).toEqual([-1, 0, 1, 1, 1, 0, 0, 1, 0])
    expect([0, 1, 2].map((row) => dataset.example(row).target[0])).toEqual([0, 1, 0])
    expect([...encoder.encode(later)]).toEqual([3, 0, 0, 0, 0, 1])
    expect(encoder.dataset(later).example(0).target[0]).toBe(1)
    const again = TableEncoder.fromJSON(JSON.parse(JSON.stringify(encoder)) as StoredTableEncoder)
    expect(again.encode(later)).toEqual(encoder.encode(later))
  })

  test('of a number to predict, with chosen inputs', () => {
    const encoder = TableEncoder.fit(past, { target: 'size', inputs: ['kind'], scale: 'none' })
    const dataset = encoder.dataset(past.withoutMissing())
    expect(dataset).toMatchObject({ length: 2, inputShape: [2], targetShape: [1], targetDType: 'float32' })
    expect([...dataset.example(1).target]).toEqual([3])
    expect(() => encoder.dataset(past)).toThrow("row 2 has no value in 'size'")
  })

  test('refuses what it cannot encode', () => {
    const encoder = TableEncoder.fit(past, { target: 'kind' })
    expect(() => encoder.encode(past)).toThrow("row 2 has no value in 'size'")
    expect(() => encoder.dataset(parseCsv('size,color,kind\n1,red,c'))).toThrow("row 0 has no class in 'kind'")
    expect(() => encoder.encode(parseCsv('size,color,kind\n1,2,c'))).toThrow('holds numbers, and held categories')
    expect(() => TableEncoder.fit(past, { target: 'none' })).toThrow("no column 'none'")
    expect(() => TableEncoder.fit(past, { target: 'size', inputs: ['size'] })).toThrow('target not among them')
    expect(() => TableEncoder.fit(past, { target: 'kind', scale: 'big' as 'none' })).toThrow("scale is 'big'")
    expect(() => TableEncoder.fit(past, { target: 'kind', fill: 0 } as never)).toThrow("no option 'fill'")
  })
})
