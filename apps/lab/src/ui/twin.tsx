import type { ComponentChildren, JSX } from 'preact'
import { useState } from 'preact/hooks'
import { usePage } from './context.ts'
import { Later } from './later.tsx'
import type { NumberRow } from './number-table.tsx'

/** A picture in words, made of the frame that it shows. */
export function TwinWords({ lines }: { readonly lines: readonly string[] }): JSX.Element {
  return (
    <div data-twin>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  )
}

/** The words, and under them a table on demand. */
export function TwinBody({
  lines,
  children,
}: {
  readonly lines: readonly string[]
  readonly children: (hasTable: boolean) => ComponentChildren
}): JSX.Element {
  const { messages } = usePage()
  const [hasTable, setTable] = useState(false)
  return (
    <>
      <TwinWords lines={lines} />
      <button type="button" onClick={() => setTable(!hasTable)} aria-expanded={hasTable}>
        {hasTable ? messages.table.hide : messages.table.show}
      </button>
      {children(hasTable)}
    </>
  )
}

/** The words, and under them the numbers of the run on demand. */
export function NumbersTwin({
  lines,
  rows,
  print,
}: {
  readonly lines: readonly string[]
  readonly rows: readonly NumberRow[]
  readonly print: (value: number) => string
}): JSX.Element {
  return (
    <TwinBody lines={lines}>
      {(hasTable) => (
        <Later load={() => import('./number-table.tsx')} isWanted={hasTable}>
          {({ NumberTable }) => <NumberTable rows={rows} print={print} />}
        </Later>
      )}
    </TwinBody>
  )
}

/** The place of a twin, closed at first. */
export function Twin({ children }: { readonly children: ComponentChildren }): JSX.Element {
  const { messages } = usePage()
  return (
    <details class="twin">
      <summary>{messages.twin.name}</summary>
      {children}
    </details>
  )
}
