import type { JSX } from 'preact'
import type { ControlId } from '../../core/chapter/define-chapter.ts'
import { patternOf, tableName } from '../../core/truth.ts'
import type { TruthFrame } from '../../core/truth-frame.ts'
import { Compare, type CompareRow } from '../compare.tsx'
import { useNumbers, usePage, useShortNumbers } from '../context.ts'
import { useLaterWords } from '../later-part.tsx'
import { useTruth } from './use-truth.ts'

/** What differs between two neurons, and what has come of it; only what the story has brought in. */
export function TruthCompare(): JSX.Element {
  const { lab, messages } = usePage()
  const { judge } = useTruth()
  const { controls, truth } = useLaterWords()
  const [print, short] = [useNumbers(), useShortNumbers()]
  const shown = lab.revealed.value.controls
  const isLogistic = [lab.frame.value, lab.pinnedFrame.value].some(
    (frame) => frame?.kind === 'truth' && frame.rule === 'sigmoid',
  )
  const setting = (control: ControlId, name: string, of: CompareRow[1]): CompareRow[] =>
    shown.has(control) ? [[name, of]] : []
  const seen = (name: string, of: (frame: TruthFrame) => string): CompareRow => [
    name,
    (_, frame) => (frame?.kind === 'truth' ? of(frame) : ''),
  ]
  const rows: readonly CompareRow[] = [
    ...setting(
      'table',
      truth.controls.table,
      ({ data: { table = 0 } }) => tableName(table) ?? truth.controls.own(patternOf(table)),
    ),
    ...setting('turn', truth.controls.turn, ({ data }) => truth.controls.degrees(data.turn ?? 0)),
    ...setting('feature', truth.controls.feature, ({ model }) => truth.controls.features[model.feature ?? 'none']),
    ...setting('activation', controls.activation, ({ model }) => messages.controls.activationNames[model.activation]),
    ...setting('rate', controls.rate, ({ optimiser }) => short(optimiser.learningRate)),
    seen(messages.judge.step, ({ step }) => String(step)),
    seen(judge.right, ({ right }) => judge.ofFour(right)),
    seen(judge.corrections, ({ rule, corrections }) => (rule === 'step' ? String(corrections) : '–')),
    seen(judge.round, ({ loop }) => (loop === undefined ? '–' : judge.roundOf(loop.length))),
    ...(isLogistic ? [seen(messages.judge.loss, ({ loss }) => print(loss, 4))] : []),
  ]
  return <Compare rows={rows} />
}
