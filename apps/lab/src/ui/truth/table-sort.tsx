import '../../theme/table-sort.css'
import type { JSX } from 'preact'
import { answersOf, patternOf, printTables, readTables, ROW_INPUTS, tableName, TABLES } from '../../core/truth.ts'
import { rowMark } from '../../draw/marks.ts'
import { useTruth } from './use-truth.ts'

const SIZE = 48

/** All sixteen tables; those that no line can divide are marked. */
export function TableSort({
  answer,
  onAnswer,
}: {
  readonly answer: string
  readonly onAnswer: (answer: string) => void
}): JSX.Element {
  const { sort: words } = useTruth()
  const called = readTables(answer)
  const turn = (table: number): void => {
    const next = new Set(called)
    if (!next.delete(table)) next.add(table)
    onAnswer(printTables(next))
  }
  return (
    <fieldset class="table-sort">
      <legend>{words.name}</legend>
      <div class="table-grid">
        {TABLES.map((table) => (
          <button
            type="button"
            key={table}
            data-table={table}
            aria-pressed={called.has(table)}
            onClick={() => turn(table)}
          >
            <TablePicture table={table} />
            <span class="visually-hidden">{words.table(patternOf(table), tableName(table) ?? '')} </span>
            <span class="table-fate">{called.has(table) ? words.impossible : words.possible}</span>
          </button>
        ))}
      </div>
      <p class="note">{words.marked(called.size)}</p>
    </fieldset>
  )
}

function TablePicture({ table }: { readonly table: number }): JSX.Element {
  const answers = answersOf(table)
  return (
    <svg viewBox={`0 0 ${SIZE} ${SIZE}`} aria-hidden="true">
      {ROW_INPUTS.map(([x1, x2], row) => {
        const [x, y] = [12 + 24 * x1, 36 - 24 * x2]
        return <path key={row} {...rowMark(answers[row]!, x, y, 6)} />
      })}
    </svg>
  )
}
