import '../theme/compare.css'
import type { JSX } from 'preact'
import type { Frame } from '../core/protocol.ts'
import type { Run, RunSpec } from '../core/run/spec.ts'
import { usePage } from './context.ts'
import { useLaterWords } from './later-part.tsx'

/** What is compared: a name, and what it is in a run. */
export type CompareRow = readonly [name: string, of: (spec: RunSpec, frame: Frame | undefined) => string]

/** Two runs from one seed, stepped together. */
export function Compare({
  rows,
  difference,
}: {
  readonly rows: readonly CompareRow[]
  /** Where both have a surface, one can be subtracted from the other. */
  readonly difference?: { readonly isShown: boolean; readonly onShow: (shown: boolean) => void }
}): JSX.Element {
  const { lab } = usePage()
  const { compare } = useLaterWords()
  const { pinned, oldFuture } = lab
  const [a, b] = [lab.frame.value, lab.pinnedFrame.value]
  if (pinned.value === undefined) {
    return (
      <div>
        <p class="note">{compare.note}</p>
        <button type="button" onClick={() => void lab.pin()}>
          {compare.pin}
        </button>{' '}
        {oldFuture !== undefined && (
          <button type="button" onClick={() => void lab.pin(oldFuture)} data-pin="old">
            {compare.pinOld}
          </button>
        )}
      </div>
    )
  }
  const { spec } = pinned.value
  const [editsA, editsB] = [editsUpTo(lab.run.value, a), editsUpTo(pinned.value, b)]
  return (
    <div>
      <table class="compare">
        <thead>
          <tr>
            {compare.table.map((head, i) =>
              i === 0 ? (
                <td key={i} />
              ) : (
                <th scope="col" key={i}>
                  {head}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, of]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{of(lab.run.value.spec, a)}</td>
              <td>{of(spec, b)}</td>
            </tr>
          ))}
          {editsA + editsB > 0 && (
            <tr>
              <th scope="row">{compare.edits}</th>
              <td>{editsA}</td>
              <td>{editsB}</td>
            </tr>
          )}
        </tbody>
      </table>
      {difference !== undefined && (
        <label class="toggle">
          <input
            type="checkbox"
            checked={difference.isShown}
            onChange={(event) => difference.onShow(event.currentTarget.checked)}
          />{' '}
          {compare.difference}
        </label>
      )}
      <button type="button" onClick={() => void lab.unpin()}>
        {compare.unpin}
      </button>
    </div>
  )
}

/** How many numbers were changed by hand up to where a run stands. */
const editsUpTo = ({ journal }: Run, frame: Frame | undefined): number =>
  journal.filter(({ at }) => at <= (frame?.step ?? 0)).length
