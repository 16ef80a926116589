import type { JSX } from 'preact'
import type { PanelId } from '../../core/chapter/define-chapter.ts'
import type { PlaneFrame } from '../../core/protocol.ts'
import { Compare, type CompareRow } from '../compare.tsx'
import { useNumbers, usePage } from '../context.ts'
import { useLaterWords } from '../later-part.tsx'
import { LaterPanels } from '../later-panels.tsx'
import { Panel } from '../panel.tsx'
import { Folded } from './folded.tsx'

/** What is loaded when the story reaches it. */
export function PlaneLater({
  frame,
  showsDifference,
  onDifference,
}: {
  readonly frame: PlaneFrame
  readonly showsDifference: boolean
  readonly onDifference: (shown: boolean) => void
}): JSX.Element {
  const { lab, messages } = usePage()
  const { panels } = lab.revealed.value
  const has = (panel: PanelId): boolean => panels.has(panel)
  const print = useNumbers()
  const { judge } = messages
  const { controls, panels: titles } = useLaterWords()
  const rows: readonly CompareRow[] = [
    [
      controls.layers,
      ({ model }) => `${model.layers.join('-')} ${messages.controls.activationNames[model.activation]}`,
    ],
    [controls.rate, ({ optimiser }) => print(optimiser.learningRate, 1)],
    [judge.step, (_, seen) => String(seen?.step ?? '')],
    [judge.loss, (_, seen) => (seen === undefined ? '' : print(seen.loss, 4))],
    [judge.fresh, (_, seen) => (seen?.kind === 'plane' ? `${print(seen.accuracy.fresh * 100)} %` : '')],
  ]
  return (
    <LaterPanels frame={frame} showsDoctor={has('doctor')}>
      {has('folded') && (
        <Panel id="folded" title={titles.folded}>
          <Folded frame={frame} />
        </Panel>
      )}
      {has('compare') && (
        <Panel id="compare" title={titles.compare}>
          <Compare rows={rows} difference={{ isShown: showsDifference, onShow: onDifference }} />
        </Panel>
      )}
    </LaterPanels>
  )
}
