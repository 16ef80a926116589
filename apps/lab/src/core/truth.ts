/** The 16 functions of two bits. A table is the number that its four answers make, for 00, 01, 10 and 11. */
export const TABLES: readonly number[] = Array.from({ length: 16 }, (_, table) => table)
export const AND = 1
export const XOR = 6
export const OR = 7
export const NOR = 8
export const XNOR = 9
export const NAND = 14

/** Tables that have a name everywhere. */
export const NAMED_TABLES: readonly (readonly [name: string, table: number])[] = [
  ['AND', AND],
  ['OR', OR],
  ['XOR', XOR],
  ['NAND', NAND],
  ['NOR', NOR],
  ['XNOR', XNOR],
]

/** Undefined for a table that has none. */
export const tableName = (table: number): string | undefined => NAMED_TABLES.find(([, known]) => known === table)?.[0]

export const ROWS = 4

/** The inputs of each row, in the order in which they are looked at. */
export const ROW_INPUTS: readonly (readonly [number, number])[] = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
]

/** What a table answers to each row: 0 or 1. */
export const answersOf = (table: number): readonly number[] => [3, 2, 1, 0].map((bit) => (table >> bit) & 1)

/** The table with the answer to one row turned round. */
export const withAnswerTurned = (table: number, row: number): number => table ^ (1 << (3 - row))

/** `01` for row 1. */
export const rowName = (row: number): string => ROW_INPUTS[row]!.join('')

/** `0110` for XOR. */
export const patternOf = (table: number): string => answersOf(table).join('')

/** Tables as they are typed into an answer: `6,9`. */
export const printTables = (tables: Iterable<number>): string => [...tables].toSorted((a, b) => a - b).join(',')

/** The tables of an answer; what is no table is left out. */
export const readTables = (text: string): ReadonlySet<number> =>
  new Set(
    text
      .split(',')
      .filter((part) => part !== '')
      .map(Number)
      .filter((table) => TABLES.includes(table)),
  )
