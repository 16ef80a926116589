import type { JSX } from 'preact'
import type { TruthFrame, TrailStep } from '../../core/truth-frame.ts'
import { rowName } from '../../core/truth.ts'
import { useShortNumbers } from '../context.ts'
import { useLaterWords } from '../later-part.tsx'
import { numberName } from './unit-numbers.ts'
import { marked } from './use-truth.ts'

/** What the last step did: the row that was looked at, and what was added to each number. */
export function LastLook({ frame }: { readonly frame: TruthFrame }): JSX.Element {
  const { machine: words } = useLaterWords().truth
  const print = useShortNumbers()
  const last = frame.trail.at(-1)
  if (frame.rule === 'sigmoid') return <p class="note">{words.allRows}</p>
  if (last === undefined) return <p class="note">{words.begin}</p>
  const label = frame.points.labels[last.row]!
  return (
    <div class="last-look" data-look={rowName(last.row)}>
      <p>
        {last.isMistake
          ? words.wasWrong({ row: rowName(last.row), wanted: marked(label), sign: label > 0.5 ? '+' : '−' })
          : words.wasRight(rowName(last.row))}
      </p>
      {last.isMistake && (
        <table>
          <thead>
            <tr>
              <td />
              {last.after.map((_, i) => (
                <th scope="col" key={i}>
                  {numberName(i, last.after.length)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Numbers name={words.before} values={last.before} print={print} />
            <Numbers name={words.change} values={changeOf(last)} print={(value) => signed(value, print)} />
            <Numbers name={words.after} values={last.after} print={print} />
          </tbody>
        </table>
      )}
    </div>
  )
}

export const changeOf = ({ before, after }: TrailStep): number[] => after.map((value, i) => value - before[i]!)

export const signed = (value: number, print: (value: number) => string): string =>
  value > 0 ? `+${print(value)}` : print(value)

export function Numbers({
  name,
  values,
  print,
}: {
  readonly name: string
  readonly values: readonly number[]
  readonly print: (value: number) => string
}): JSX.Element {
  return (
    <tr>
      <th scope="row">{name}</th>
      {values.map((value, i) => (
        <td key={i} class="number">
          {print(value)}
        </td>
      ))}
    </tr>
  )
}
