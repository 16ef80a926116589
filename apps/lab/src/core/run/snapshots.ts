/** Which steps of a run are kept so that any other can be reached soon. */

export const MOST_SNAPSHOTS = 64

interface Kept<T> {
  readonly step: number
  /** How many edits of the journal lie before this state. */
  readonly edits: number
  readonly state: T
}

const isPowerOfTwo = (step: number): boolean => step > 0 && (step & (step - 1)) === 0

/** Snapshots at step 0, at each edit and at powers of two, and a grid between them; at most 64. */
export class Snapshots<T> {
  private kept: Kept<T>[] = []
  private stride = 64

  get steps(): readonly number[] {
    return this.kept.map(({ step }) => step)
  }

  /** Whether the state at this step is worth keeping. */
  wants(step: number, isEdit: boolean): boolean {
    return step === 0 || isEdit || isPowerOfTwo(step) || step % this.stride === 0
  }

  add(step: number, edits: number, state: T): void {
    const place = this.kept.findIndex((item) => item.step > step || (item.step === step && item.edits >= edits))
    const same = this.kept[place]
    if (same !== undefined && same.step === step && same.edits === edits) {
      this.kept[place] = { step, edits, state }
      return
    }
    this.kept.splice(place < 0 ? this.kept.length : place, 0, { step, edits, state })
    while (this.kept.length > MOST_SNAPSHOTS) this.thin()
  }

  /** The last state kept at or before a step of a journal. */
  nearest(step: number, editsBefore: (step: number) => { least: number; most: number }): Kept<T> | undefined {
    for (let i = this.kept.length - 1; i >= 0; i--) {
      const item = this.kept[i]!
      if (item.step > step) continue
      const { least, most } = editsBefore(item.step)
      if (item.edits >= least && item.edits <= most) return item
    }
    return undefined
  }

  /** Forgets what an edit has made untrue: everything that has seen more edits than `edits`, or lies behind `step`. */
  cut(step: number, edits: number): void {
    this.kept = this.kept.filter((item) => item.step <= step && item.edits <= edits)
  }

  clear(): void {
    this.kept = []
    this.stride = 64
  }

  /** Drops the inner state whose neighbours lie closest, measured in octaves, so that early steps stay dense. */
  private thin(): void {
    let drop = -1
    for (let i = 1; i < this.kept.length - 1; i++) {
      const { step } = this.kept[i]!
      if (!isPowerOfTwo(step) && this.kept[i]!.edits === this.kept[i - 1]!.edits && step % (2 * this.stride) !== 0) {
        drop = i
        break
      }
    }
    if (drop < 0) {
      this.stride *= 2
      drop = this.kept.findIndex((item, i) => i > 0 && !isPowerOfTwo(item.step) && item.step % (2 * this.stride) !== 0)
      if (drop < 0) drop = 1
    }
    this.kept.splice(drop, 1)
  }
}
