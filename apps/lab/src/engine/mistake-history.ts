import type { MistakeView } from '../core/protocol.ts'
import type { Taken } from './perceptron-unit.ts'

type Example = Pick<MistakeView, 'step' | 'point' | 'sign' | 'example'>

/** Which examples were mistakes. A step tells later whether it was one: training does not wait for its own record. */
export class MistakeHistory {
  private readonly mistakes: MistakeView[] = []
  private pending: { readonly what: Example; readonly taken: () => Promise<Taken> }[] = []

  get length(): number {
    return this.mistakes.length
  }

  add(what: Example, taken: () => Promise<Taken>): void {
    this.pending.push({ what, taken })
  }

  /** Waits for what the last steps did, and keeps the mistakes among them. */
  async settle(): Promise<void> {
    const { pending } = this
    this.pending = []
    for (const { what, taken } of pending) {
      const { isMistake, before, after } = await taken()
      if (isMistake) this.mistakes.push({ ...what, before, after })
    }
  }

  /** Goes back to when there were fewer. */
  cut(length: number): void {
    this.pending = []
    this.mistakes.length = length
  }

  last(count: number): MistakeView[] {
    return this.mistakes.slice(-count)
  }

  /** The step after the last mistake before a step; 0 where there was none. */
  before(step: number): number {
    return this.mistakes.findLast((mistake) => mistake.step < step)?.step ?? 0
  }

  /** How often each of these points was a mistake. */
  counts(ids: Int32Array): Int32Array {
    const places = new Map(Array.from(ids, (id, place) => [id, place]))
    const counts = new Int32Array(ids.length)
    for (const { point } of this.mistakes) {
      const place = places.get(point)
      if (place !== undefined) counts[place]!++
    }
    return counts
  }
}
