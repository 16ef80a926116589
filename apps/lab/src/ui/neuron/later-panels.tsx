import type { JSX } from 'preact'
import type { FrameBase } from '../../core/protocol.ts'
import { Code } from '../code.tsx'
import { usePage } from '../context.ts'
import { Doctor } from '../doctor.tsx'
import { Panel } from '../panel.tsx'

/** What is loaded when the story reaches it, or when a number needs the doctor. */
export function LaterPanels({ frame }: { readonly frame: FrameBase }): JSX.Element {
  const { lab, messages } = usePage()
  return (
    <>
      {frame.findings.length > 0 && (
        <Panel id="doctor" title={messages.panels.doctor}>
          <Doctor findings={frame.findings} />
        </Panel>
      )}
      {lab.revealed.value.panels.has('code') && (
        <Panel id="code" title={messages.panels.code}>
          <Code />
        </Panel>
      )}
    </>
  )
}
