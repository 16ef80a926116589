import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { programOf } from '../core/code/program.ts'
import { usePage } from './context.ts'
import { useLaterWords } from './later-part.tsx'

/** The program that repeats the run in Node. */
export function Code(): JSX.Element {
  const { lab } = usePage()
  const { code, panels } = useLaterWords()
  const [isCopied, setCopied] = useState(false)
  const program = programOf(lab.run.value)
  const loss = lab.frame.value?.loss
  const copy = (): void => {
    void navigator.clipboard.writeText(program).then(() => setCopied(true))
  }
  return (
    <div class="code">
      <p class="note">{code.note}</p>
      <pre tabIndex={0} aria-label={panels.code}>
        <code data-program>{program}</code>
      </pre>
      <p>
        <button type="button" onClick={copy}>
          {isCopied ? code.copied : code.copy}
        </button>{' '}
        {loss !== undefined && !lab.playing.value && (
          <span>
            {code.prints('')}
            <code data-prints>{loss.toFixed(6)}</code>
          </span>
        )}
      </p>
    </div>
  )
}
