import { editsAt } from './journal.ts'
import { Snapshots } from './snapshots.ts'
import type { Edit, Run } from './spec.ts'

/** What a replay drives: a network that can be stepped, edited, kept and restored, bit for bit. */
export interface Machine<T> {
  step(): void
  apply(edit: Edit): Promise<void>
  save(): Promise<T>
  restore(state: T, step: number): void
  /** Called at steps whose loss belongs to the curve. */
  mark?(step: number): Promise<void>
}

/** Steps whose loss is drawn: all up to 64, then 32 in each octave. A function of the step alone, so pictures repeat. */
export function isOnCurve(step: number): boolean {
  if (step <= 64) return true
  const spacing = 1 << (26 - Math.clz32(step))
  return step % spacing === 0
}

/** Moves a machine to any step of its run: the nearest snapshot, then the same steps and edits again. */
export class Replay<T> {
  private readonly machine: Machine<T>
  private readonly snapshots = new Snapshots<T>()
  private journal: readonly Edit[] = []
  /** Where the machine stands. */
  step = 0
  private edits = 0

  constructor(machine: Machine<T>) {
    this.machine = machine
  }

  get kept(): readonly number[] {
    return this.snapshots.steps
  }

  /** To be called when the machine is new: it stands at step 0, before any edit. */
  async begin(): Promise<void> {
    this.snapshots.clear()
    this.step = 0
    this.edits = 0
    this.snapshots.add(0, 0, await this.machine.save())
    await this.machine.mark?.(0)
  }

  /** Takes over another journal. What was kept of states that it does not share is forgotten. */
  private adopt(journal: readonly Edit[]): void {
    let shared = 0
    while (shared < journal.length && sameEdit(journal[shared], this.journal[shared])) shared++
    if (shared < this.journal.length) {
      const first = this.journal[shared]!
      this.snapshots.cut(first.at, shared)
    }
    const added = journal[shared]
    // States that lie behind a new edit have not seen it.
    if (added !== undefined) this.snapshots.cut(added.at, shared)
    this.journal = journal
  }

  /** Goes to the head of a run. `isWanted` can end a long way early, at a whole step. */
  async goTo(run: Run, isWanted: () => boolean = () => true): Promise<void> {
    const stands = this.standsOn(run.journal)
    this.adopt(run.journal)
    if (!stands || this.step > run.head || this.edits > editsUpTo(run.journal, run.head)) await this.rewind(run.head)
    await this.forward(run.head, isWanted)
  }

  /** One update further along the journal. */
  async forward(head: number, isWanted: () => boolean = () => true): Promise<void> {
    await this.applyEdits()
    while (this.step < head && isWanted()) {
      this.machine.step()
      this.step++
      if (isOnCurve(this.step)) await this.machine.mark?.(this.step)
      if (this.snapshots.wants(this.step, false)) {
        this.snapshots.add(this.step, this.edits, await this.machine.save())
      }
      await this.applyEdits()
    }
  }

  private async applyEdits(): Promise<void> {
    const done = editsUpTo(this.journal, this.step - 1)
    const here = editsAt(this.journal, this.step)
    for (let i = this.edits - done; i < here.length; i++) {
      await this.machine.apply(here[i]!)
      this.edits++
      this.snapshots.add(this.step, this.edits, await this.machine.save())
    }
  }

  private standsOn(journal: readonly Edit[]): boolean {
    for (let i = 0; i < this.edits; i++) if (!sameEdit(this.journal[i], journal[i])) return false
    return this.edits >= editsUpTo(journal, this.step - 1)
  }

  private async rewind(step: number): Promise<void> {
    const found = this.snapshots.nearest(step, (at) => ({
      least: editsUpTo(this.journal, at - 1),
      most: editsUpTo(this.journal, at),
    }))
    if (found === undefined) throw new Error('the state at step 0 is always kept')
    this.machine.restore(found.state, found.step)
    this.step = found.step
    this.edits = found.edits
    await Promise.resolve()
  }
}

function editsUpTo(journal: readonly Edit[], step: number): number {
  let count = 0
  for (const { at } of journal) if (at <= step) count++
  return count
}

function sameEdit(a: Edit | undefined, b: Edit | undefined): boolean {
  return (
    a !== undefined && b !== undefined && a.at === b.at && a.kind === b.kind && a.path === b.path && a.value === b.value
  )
}
