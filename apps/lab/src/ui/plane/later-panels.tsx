import type { JSX } from 'preact'
import type { PanelId } from '../../core/chapter/define-chapter.ts'
import type { PlaneFrame } from '../../core/protocol.ts'
import { Code } from '../code.tsx'
import { Compare } from '../compare.tsx'
import { usePage } from '../context.ts'
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
          <Compare showsDifference={showsDifference} onDifference={setDifference} />
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
