import type { JSX } from 'preact'
import type { PanelId } from '../../core/chapter/define-chapter.ts'
import type { PlaneFrame } from '../../core/protocol.ts'
import { Code } from '../code.tsx'
import { Compare, type CompareRow } from '../compare.tsx'
import { useNumbers, usePage } from '../context.ts'
import { Doctor } from '../doctor.tsx'
import { Panel } from '../panel.tsx'
import { Folded } from './folded.tsx'

/** What is loaded when the story reaches it. */
export function LaterPanels({
  frame,
  showsDifference,
  onDifference: setDifference,
}: {
  readonly frame: PlaneFrame
  readonly showsDifference: boolean
  readonly onDifference: (shown: boolean) => void
}): JSX.Element {
  const { lab, messages } = usePage()
  const { panels } = lab.revealed.value
  const has = (panel: PanelId): boolean => panels.has(panel)
  const print = useNumbers()
  const { controls, judge } = messages
  const rows: readonly CompareRow[] = [
    [controls.layers, ({ model }) => `${model.layers.join('-')} ${controls.activationNames[model.activation]}`],
    [controls.rate, ({ optimiser }) => print(optimiser.learningRate, 1)],
    [judge.step, (_, seen) => String(seen?.step ?? '')],
    [judge.loss, (_, seen) => (seen === undefined ? '' : print(seen.loss, 4))],
    [judge.fresh, (_, seen) => (seen?.kind === 'plane' ? `${print(seen.accuracy.fresh * 100)} %` : '')],
  ]
  return (
    <>
      {has('doctor') && (
        <Panel id="doctor" title={messages.panels.doctor}>
          <Doctor findings={frame.findings} />
        </Panel>
      )}
      {has('folded') && (
        <Panel id="folded" title={messages.panels.folded}>
          <Folded frame={frame} />
        </Panel>
      )}
      {has('compare') && (
        <Panel id="compare" title={messages.panels.compare}>
          <Compare rows={rows} showsDifference={showsDifference} onDifference={setDifference} />
        </Panel>
      )}
      {has('code') && (
        <Panel id="code" title={messages.panels.code}>
          <Code />
        </Panel>
      )}
    </>
  )
}
