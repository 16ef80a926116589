import type { JSX } from 'preact'
import { lineOf } from '../../core/neuron.ts'
import type { TruthFrame } from '../../core/truth-frame.ts'
import { rowName, ROWS } from '../../core/truth.ts'
import type { TruthLaterMessages } from '../../locales/bench-messages.ts'
import { useNumbers, useShortNumbers } from '../context.ts'
import { useLaterWords } from '../later-part.tsx'
import { NumbersTwin } from '../twin.tsx'
import { addressOf, numberName } from './unit-numbers.ts'
import { marked, useTruth } from './use-truth.ts'
import type { TruthWords } from './words.ts'

/** The same state in words: a function of the frame, so that it can never say anything else than the picture. */
export function twinLines(
  frame: TruthFrame,
  words: TruthWords & TruthLaterMessages,
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
  const words = { ...useTruth(), ...useLaterWords().truth }
  const [print, printShort] = [useNumbers(), useShortNumbers()]
  const count = frame.weights.length
  const rows = frame.weights.map((value, i) => {
    const address = addressOf(i, count)
    const slope = frame.parameters.find(({ path }) => path === address.path)?.gradient?.[address.index]
    return { name: numberName(i, count), address, value, slope }
  })
  return <NumbersTwin lines={twinLines(frame, words, printShort)} rows={rows} print={print} />
}
