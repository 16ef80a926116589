import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { NO_PROGRESS, parseProgress, printProgress } from '../core/progress.ts'
import { usePage } from './context.ts'
import { useLaterWords } from './later-part.tsx'

/** Progress as a file, out and in; opens itself. */
export function ProgressDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const { lab, messages } = usePage()
  const words = useLaterWords()
  const dialog = useRef<HTMLDialogElement>(null)
  const [isDone, setDone] = useState(false)
  useEffect(() => dialog.current?.showModal(), [])
  const save = (): void => {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([printProgress(lab.progress.value)], { type: 'application/json' }))
    link.download = 'neurite-lab.json'
    link.click()
    URL.revokeObjectURL(link.href)
  }
  const open = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return
    const read = parseProgress(await file.text())
    if ('problem' in read) {
      lab.problems.value = [...lab.problems.value, read.problem]
      dialog.current?.close()
      return
    }
    lab.replaceProgress(read.progress)
    setDone(true)
  }
  return (
    <dialog ref={dialog} aria-label={messages.progress} onClose={onClose}>
      <p>{words.progressText}</p>
      <p>
        <button type="button" onClick={save}>
          {words.exportProgress}
        </button>
      </p>
      <p>
        <label>
          {words.importProgress}{' '}
          <input
            type="file"
            accept="application/json,.json"
            onChange={(event) => void open(event.currentTarget.files?.[0])}
          />
        </label>
      </p>
      {isDone && <p role="status">{words.imported}</p>}
      <p>
        <button type="button" onClick={() => lab.replaceProgress(NO_PROGRESS)}>
          {words.forget}
        </button>
      </p>
      <form method="dialog">
        <button type="submit">{messages.close}</button>
      </form>
    </dialog>
  )
}
