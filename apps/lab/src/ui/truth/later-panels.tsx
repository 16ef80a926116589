import type { JSX } from 'preact'
import type { TruthFrame } from '../../core/truth-frame.ts'
import { Code } from '../code.tsx'
import { usePage } from '../context.ts'
import { Doctor } from '../doctor.tsx'
import { Panel } from '../panel.tsx'
import { Lifted } from './lifted.tsx'
import { useLaterTruth } from './truth-later.tsx'

/** What is loaded when the story reaches it, or when a number needs the doctor. */
export function LaterPanels({ frame }: { readonly frame: TruthFrame }): JSX.Element {
  const { lab, messages } = usePage()
  const { lifted } = useLaterTruth()
  const { panels } = lab.revealed.value
  const isBroken = frame.findings.some(({ kind }) => kind === 'nonFinite')
  return (
    <>
      {(panels.has('doctor') || isBroken) && (
        <Panel id="doctor" title={messages.panels.doctor}>
          <Doctor findings={frame.findings} />
        </Panel>
      )}
      {lab.revealed.value.controls.has('feature') && (
        <Panel id="folded" title={lifted.title}>
          <Lifted frame={frame} />
        </Panel>
      )}
      {panels.has('code') && (
        <Panel id="code" title={messages.panels.code}>
          <Code />
        </Panel>
      )}
    </>
  )
}
