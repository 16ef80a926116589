import type { JSX } from 'preact'
import type { TruthFrame } from '../../core/truth-frame.ts'
import { ROW_INPUTS, rowName, withAnswerTurned } from '../../core/truth.ts'
import { usePage, useShortNumbers } from '../context.ts'
import { Value } from '../value.tsx'
import { marked, useTruth } from './use-truth.ts'

/** The four rows: what is wanted, what the sum is, what the neuron says. The wanted answers can be turned round. */
export function TruthTable({ frame }: { readonly frame: TruthFrame }): JSX.Element {
  const { lab } = usePage()
  const { table: words } = useTruth()
  const print = useShortNumbers()
  const { features, labels } = frame.points
  const isOpen = lab.revealed.value.controls.has('table')
  const isTaught = lab.revealed.value.panels.has('machine') && frame.rule === 'step'
  const turn = (row: number): void => {
    void lab.change({ data: { table: withAnswerTurned(lab.run.value.spec.data.table ?? 0, row) } })
  }
  return (
    <table class="truth-table">
      <caption class="visually-hidden">{words.name}</caption>
      <thead>
        <tr>
          <th scope="col">x₁ x₂{features !== undefined && <span class="made"> → x₃</span>}</th>
          <th scope="col">{words.wanted}</th>
          <th scope="col">{words.sum}</th>
          <th scope="col">{words.says}</th>
        </tr>
      </thead>
      <tbody>
        {ROW_INPUTS.map(([x1, x2], row) => {
          const [sum, label] = [frame.sums[row]!, labels[row]!]
          const isNext = isTaught && row === frame.next
          const isRight = !frame.wrong[row]!
          return (
            <tr key={row} data-row={rowName(row)} data-right={isRight} class={isNext ? 'due' : ''}>
              <th scope="row">
                {x1} {x2}
                {features !== undefined && <span class="made"> → {print(features[row]!)}</span>}
                {isNext && (
                  <span class="next-mark">
                    <span aria-hidden="true"> ◂</span>
                    <span class="visually-hidden">{words.next}</span>
                  </span>
                )}
              </th>
              <td>
                {isOpen ? (
                  <button
                    type="button"
                    class="small answer-turn"
                    aria-label={words.turnAnswer(rowName(row), marked(label))}
                    onClick={() => turn(row)}
                  >
                    {marked(label)}
                  </button>
                ) : (
                  marked(label)
                )}
              </td>
              <td>
                <Value
                  address={{ kind: 'activation', layer: 0, unit: 0, example: row }}
                  value={sum}
                  name={`${words.sum} ${rowName(row)}`}
                />
              </td>
              <td>
                {sum === 0 ? words.onLine : marked(sum > 0 ? 1 : 0)}{' '}
                <span aria-hidden="true">{isRight ? '✓' : '✗'}</span>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
