import type { JSX } from 'preact'
import type { PerceptronFrame } from '../../core/protocol.ts'
import { Compare, type CompareRow } from '../compare.tsx'
import { usePage, useShortNumbers } from '../context.ts'
import { LaterPanels } from '../later-panels.tsx'
import { useLaterWords } from '../later-part.tsx'
import { Panel } from '../panel.tsx'
import { readingsOf } from './readings.ts'

/** What is loaded when the story reaches it, or when a number needs the doctor. */
export function PerceptronLater({ frame }: { readonly frame: PerceptronFrame }): JSX.Element {
  const { lab } = usePage()
  const short = useShortNumbers()
  const { controls, panels, perceptron } = useLaterWords()
  const rows: readonly CompareRow[] = [
    [controls.margin, ({ data }) => short(data.margin ?? 0)],
    [controls.order, ({ order = 'listed' }) => controls.orderNames[order]],
    [perceptron.seen, (_, seen) => String(seen?.step ?? '')],
    ...(['updates', 'most', 'wrong'] as const).map((name): CompareRow => [
      perceptron[name],
      (_, seen) => (seen?.kind === 'perceptron' ? readingsOf(seen, perceptron)[name] : ''),
    ]),
  ]
  return (
    <LaterPanels frame={frame} showsDoctor={frame.findings.length > 0}>
      {lab.revealed.value.panels.has('compare') && (
        <Panel id="compare" title={panels.compare}>
          <Compare rows={rows} />
        </Panel>
      )}
    </LaterPanels>
  )
}
