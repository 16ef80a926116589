import type { ComponentChildren, JSX } from 'preact'
import type { FrameBase } from '../core/protocol.ts'
import { Code } from './code.tsx'
import { usePage } from './context.ts'
import { Doctor } from './doctor.tsx'
import { useLaterWords } from './later-part.tsx'
import { Panel } from './panel.tsx'

/** What is loaded when the story reaches it, or when a number needs the doctor; between doctor and code what a bench adds. */
export function LaterPanels({
  frame,
  showsDoctor,
  children,
}: {
  readonly frame: FrameBase
  readonly showsDoctor: boolean
  readonly children?: ComponentChildren
}): JSX.Element {
  const { lab } = usePage()
  const words = useLaterWords()
  return (
    <>
      {showsDoctor && (
        <Panel id="doctor" title={words.panels.doctor}>
          <Doctor findings={frame.findings} />
        </Panel>
      )}
      {children}
      {lab.revealed.value.panels.has('code') && (
        <Panel id="code" title={words.panels.code}>
          <Code />
        </Panel>
      )}
    </>
  )
}
