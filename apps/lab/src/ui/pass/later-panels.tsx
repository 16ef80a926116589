import type { JSX } from 'preact'
import type { PassFrame } from '../../core/protocol.ts'
import { Code } from '../code.tsx'
import { usePage } from '../context.ts'
import { Doctor } from '../doctor.tsx'
import { Panel } from '../panel.tsx'

/** What is loaded when the story reaches it. */
export function LaterPanels({ frame }: { readonly frame: PassFrame }): JSX.Element {
  const { lab, messages } = usePage()
  const { panels } = lab.revealed.value
  return (
    <>
      {panels.has('doctor') && (
        <Panel id="doctor" title={messages.panels.doctor}>
          <Doctor findings={frame.findings} />
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
