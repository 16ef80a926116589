import type { JSX } from 'preact'
import { usePage } from './context.ts'
import { LaterPart } from './later-part.tsx'

const SHARED = ['data', 'layers', 'activation', 'rate', 'batch', 'order', 'margin'] as const

/** What the visitor can change, loaded when the story brings the first of it in. */
export function LaterControls(): JSX.Element {
  const { lab } = usePage()
  const { controls } = lab.revealed.value
  return (
    <LaterPart load={() => import('./controls.tsx')} isWanted={SHARED.some((control) => controls.has(control))}>
      {({ Controls }) => <Controls />}
    </LaterPart>
  )
}
