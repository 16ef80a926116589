import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/** What the marks and the keys mean; opens itself. */
export function HelpDialog({
  name,
  lines,
  close,
  onClose,
}: {
  readonly name: string
  readonly lines: readonly string[]
  readonly close: string
  readonly onClose: () => void
}): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} aria-label={name} onClose={onClose}>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <form method="dialog">
        <button type="submit">{close}</button>
      </form>
    </dialog>
  )
}
