import { FileFormatError } from '../../errors.ts'

/** How the cells of a text lie. */
export interface CellRules {
  readonly delimiter: string
  readonly quote: string
  readonly trim: boolean
}

/**
 * Cuts a text into rows of cells. Quoted cells may hold delimiters, line ends and doubled quotes. Empty lines are left
 * out.
 */
export function csvCells(text: string, rules: CellRules): string[][] {
  const { delimiter, quote, trim } = rules
  const blanks = ' \t'.replace(delimiter, '')
  const rows: string[][] = []
  let row: string[] = []
  let line = 1
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  while (at < text.length) {
    let start = at
    if (trim) while (blanks.includes(text[start] ?? '\n')) start++
    if (text[start] === quote) {
      const opened = line
      let cell = ''
      let from = start + 1
      for (;;) {
        const end = text.indexOf(quote, from)
        if (end < 0)
          throw broken(`line ${opened}: a quote is opened and never closed`, `${quote} at the end of the cell`)
        cell += text.slice(from, end)
        at = end + 1
        if (text[at] !== quote) break
        cell += quote
        from = at + 1
      }
      for (const character of cell) if (character === '\n') line++
      if (trim) while (blanks.includes(text[at] ?? '\n')) at++
      if (at < text.length && text[at] !== delimiter && !isLineEnd(text, at)) {
        throw broken(`line ${line}: text follows the closing quote`, `${JSON.stringify(delimiter)} or the line's end`)
      }
      row.push(cell)
    } else {
      while (at < text.length && text[at] !== delimiter && text[at] !== '\n') at++
      const end = text[at - 1] === '\r' && text[at] !== delimiter ? at - 1 : at
      const cell = text.slice(start, Math.max(start, end))
      row.push(trim ? cell.trim() : cell)
    }
    if (text[at] === delimiter) {
      at++
      // A delimiter that ends the text leaves an empty cell behind it.
      if (at < text.length) continue
      row.push('')
    }
    if (text[at] === '\r') at++
    if (text[at] === '\n') at++
    line++
    if (row.length > 1 || row[0] !== '') rows.push(row)
    row = []
  }
  return rows
}

function isLineEnd(text: string, at: number): boolean {
  return (
    text[at] === '\n' || (text[at] === '\r' && text[at + 1] === '\n') || (text[at] === '\r' && at + 1 === text.length)
  )
}

function broken(what: string, expected: string): FileFormatError {
  return new FileFormatError({
    what: `csv: ${what}`,
    expected,
    fix: 'check the file there, and the options delimiter and quote',
  })
}
