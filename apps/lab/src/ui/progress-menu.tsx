import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { usePage } from './context.ts'
import { LaterPart } from './later-part.tsx'

/** The button in the header; what it opens is loaded then. */
export function ProgressMenu(): JSX.Element {
  const { messages } = usePage()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        {messages.progress}
      </button>
      <LaterPart load={() => import('./progress-dialog.tsx')} isWanted={isOpen}>
        {({ ProgressDialog }) => <ProgressDialog onClose={() => setOpen(false)} />}
      </LaterPart>
    </>
  )
}
