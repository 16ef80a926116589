import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { printElement } from '../../core/address.ts'
import { lineOf } from '../../core/neuron.ts'
import type { TruthFrame } from '../../core/truth-frame.ts'
import { rowName, ROWS } from '../../core/truth.ts'
import { useNumbers, usePage, useShortNumbers } from '../context.ts'
import { Value } from '../value.tsx'
import { addressOf, numberName } from './unit-numbers.ts'
import { marked, useTruth } from './use-truth.ts'
import type { TruthLaterWords } from './later-words.ts'
import { useLaterTruth } from './truth-later.tsx'
import type { TruthWords } from './words.ts'

/** The same state in words: a function of the frame, so that it can never say anything else than the picture. */
export function twinLines(
  frame: TruthFrame,
  words: TruthWords & TruthLaterWords,
  print: (value: number) => string,
): string[] {
  const { twin, table, loop: looped } = words
  const { labels } = frame.points
  const lines = Array.from({ length: ROWS }, (_, row) => {
    const [sum, label] = [frame.sums[row]!, labels[row]!]
    return twin.row({
      row: rowName(row),
      wanted: marked(label),
      sum: print(sum),
      says: sum === 0 ? table.onLine : marked(sum > 0 ? 1 : 0),
      isRight: !frame.wrong[row]!,
    })
  })
  lines.unshift(twin.rows(frame.right, frame.best))
  if (frame.feature === 'none') {
    const [w1, w2, bias] = frame.weights as [number, number, number]
    const { length, distance } = lineOf([w1, w2], bias)
    lines.push(length === 0 ? twin.noLine : twin.line(print(Math.abs(distance))))
  }
  const { meeting, loop } = frame
  lines.push(meeting === undefined ? twin.apart : twin.meet(meeting.place.map((value) => print(value)).join('; ')))
  if (loop !== undefined) lines.push(looped.found({ ...loop, again: loop.from + loop.length }))
  return lines
}

export function TruthTwin({ frame }: { readonly frame: TruthFrame }): JSX.Element {
  const { messages } = usePage()
  const words = { ...useTruth(), ...useLaterTruth() }
  const [print, printShort] = [useNumbers(), useShortNumbers()]
  const [hasTable, setTable] = useState(false)
  const count = frame.weights.length
  return (
    <>
      <div data-twin>
        {twinLines(frame, words, printShort).map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      <button type="button" onClick={() => setTable(!hasTable)} aria-expanded={hasTable}>
        {hasTable ? messages.table.hide : messages.table.show}
      </button>
      {hasTable && (
        <table>
          <thead>
            <tr>
              <th scope="col">{messages.table.what}</th>
              <th scope="col">{messages.table.value}</th>
              <th scope="col">{messages.table.slope}</th>
            </tr>
          </thead>
          <tbody>
            {frame.weights.map((value, i) => {
              const address = addressOf(i, count)
              const gradient = frame.parameters.find(({ path }) => path === address.path)?.gradient?.[address.index]
              return (
                <tr key={printElement(address.path, address.index)}>
                  <th scope="row">{numberName(i, count)}</th>
                  <td>
                    <Value address={address} value={value} name={numberName(i, count)} />
                  </td>
                  <td>{gradient === undefined ? '' : print(gradient)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </>
  )
}
