import type { Edit, Run, RunSpec } from './spec.ts'

/** A run that has not begun. */
export const newRun = (spec: RunSpec): Run => ({ spec, journal: [], head: 0 })

/** The same run from its beginning, with nothing of what was done by hand but the points that were placed. */
export const fromStart = (run: Run, keepsPoints: boolean): Run => ({
  ...newRun(run.spec),
  journal: keepsPoints ? run.journal.filter(({ kind }) => kind === 'point').map((edit) => ({ ...edit, at: 0 })) : [],
})

/** Adds an edit at the cursor. One behind the head cuts the future off: from there on the run takes another way. */
export const withEdit = (run: Run, edit: Edit): Run => withEdits(run, [edit])

/** Adds edits that are one change, such as the two numbers of a point, all at one step. */
export function withEdits(run: Run, edits: readonly Edit[]): Run {
  const at = edits[0]?.at ?? run.head
  const before = run.journal.filter((edit) => edit.at <= at)
  // Dragging makes many edits of one place in one step: the last ones count.
  const last = before.slice(-edits.length)
  const isSame = last.length === edits.length && edits.every((edit, i) => samePlace(edit, last[i]!))
  return { ...run, journal: [...(isSame ? before.slice(0, -edits.length) : before), ...edits], head: at }
}

const samePlace = (a: Edit, b: Edit): boolean => a.at === b.at && a.kind === b.kind && a.path === b.path

/** Takes the last edits back; the run goes to where the head was, without them. Undefined where there are none. */
export function withoutLastEdit(run: Run, count = 1): Run | undefined {
  return run.journal.length === 0 ? undefined : { ...run, journal: run.journal.slice(0, -count) }
}

/** The edits that happen before a step, in their order. */
export function editsAt(journal: readonly Edit[], step: number): readonly Edit[] {
  return journal.filter(({ at }) => at === step)
}
