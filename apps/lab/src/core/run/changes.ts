import { withEdits, withoutLastEdit } from './journal.ts'
import type { Edit, Run } from './spec.ts'

/** Which edits of a journal were one change: Undo takes back a whole one. What another page has made counts one by one. */
export class Changes {
  /** How many edits there were before each change. */
  private starts: readonly number[] = []
  /** The run before the last change, with all that this has cut off: how it would have gone on. */
  before: Run | undefined

  /** Adds edits that are one change. Who drags on changes the same numbers again, and that is still one change. */
  add(run: Run, edits: readonly Edit[]): Run {
    const next = withEdits(run, edits)
    const kept = next.journal.length - edits.length
    // An edit behind the head has cut off those that came after it.
    const isNew = kept === run.journal.filter(({ at }) => at <= next.head).length
    if (isNew) {
      this.starts = [...this.starts.filter((start) => start < kept), kept]
      this.before = run
    }
    return next
  }

  /** The run without its last change; undefined where there is none. */
  undo(run: Run): Run | undefined {
    this.before = undefined
    const { length } = run.journal
    const known = this.starts.filter((start) => start < length)
    this.starts = known.slice(0, -1)
    return withoutLastEdit(run, length - (known.at(-1) ?? length - 1))
  }

  forget(): void {
    this.starts = []
    this.before = undefined
  }
}
