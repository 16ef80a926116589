import type { Edit, Run, RunSpec } from './spec.ts'

/** A run that has not begun. */
export const newRun = (spec: RunSpec): Run => ({ spec, journal: [], head: 0 })

/** Adds an edit at the cursor. One behind the head cuts the future off: from there on the run takes another way. */
export function withEdit(run: Run, edit: Edit): Run {
  const before = run.journal.filter(({ at }) => at <= edit.at)
  // Dragging a number makes many edits of one place in one step: the last one counts.
  const last = before.at(-1)
  const isSame = last !== undefined && last.at === edit.at && last.kind === edit.kind && last.path === edit.path
  return { ...run, journal: [...(isSame ? before.slice(0, -1) : before), edit], head: edit.at }
}

/** Takes the last edit back; the run goes to where the head was, without it. Undefined where there is none. */
export function withoutLastEdit(run: Run): Run | undefined {
  return run.journal.length === 0 ? undefined : { ...run, journal: run.journal.slice(0, -1) }
}

/** The edits that happen before a step, in their order. */
export function editsAt(journal: readonly Edit[], step: number): readonly Edit[] {
  return journal.filter(({ at }) => at === step)
}
