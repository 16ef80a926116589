import type { TrailStep } from './truth-frame.ts'
import { ROWS } from './truth.ts'

/** A way that comes back to where it was: what came after it then comes after it again. */
export interface Loop {
  /** The step at which the weights were first what they are again `length` steps later. */
  readonly from: number
  readonly length: number
  /** How many of its steps correct something; 0 where the neuron makes no mistake any more. */
  readonly corrections: number
}

/** One look at a row, as it is remembered. */
export interface Look {
  readonly row: number
  readonly isMistake: boolean
  /** After the correction; the bias last. */
  readonly weights: readonly number[]
  /** How many rows are right with these weights. */
  readonly right: number
}

/** Plain numbers that a trail can be made from again. */
export interface TrailData {
  readonly base: number
  readonly first: readonly number[]
  readonly right: number
  readonly steps: readonly Look[]
}

/** So many looks are remembered; a loop of a truth table is found long before. */
const MOST_LOOKS = 4000

/** What a perceptron did since its weights were last set, and whether it was in the same place twice. */
export class Trail {
  /** The step at which the weights were set. */
  readonly base: number
  readonly first: readonly number[]
  readonly steps: Look[] = []
  loop: Loop | undefined
  /** The most rows that were right at once. */
  best: number
  private readonly right: number
  private readonly places = new Map<string, number>()

  constructor({ base, first, right, steps }: TrailData) {
    this.base = base
    this.first = first
    this.right = right
    this.best = right
    this.places.set(placeOf(base, first), base)
    for (const step of steps) this.add(step)
  }

  /** Nothing new can come: it goes round, or it has been watched for long enough. */
  get isComplete(): boolean {
    return this.loop !== undefined || this.steps.length >= MOST_LOOKS
  }

  add(step: Look): void {
    if (this.isComplete) return
    this.steps.push(step)
    this.best = Math.max(this.best, step.right)
    const at = this.base + this.steps.length
    const place = placeOf(at, step.weights)
    const from = this.places.get(place)
    if (from === undefined) this.places.set(place, at)
    else {
      const corrections = this.steps.slice(from - this.base).filter(({ isMistake }) => isMistake).length
      this.loop = { from, length: at - from, corrections }
    }
  }

  /** How many corrections were made up to a step; behind the end of the trail the loop goes on. */
  correctionsAt(step: number): number {
    const count = step - this.base
    const rounds = this.loop === undefined ? 0 : Math.max(0, Math.floor((count - this.steps.length) / this.loop.length))
    const looks = count - rounds * (this.loop?.length ?? 0)
    let corrections = rounds * (this.loop?.corrections ?? 0)
    for (let i = 0; i < looks; i++) if (this.steps[this.indexOf(i)]?.isMistake) corrections++
    return corrections
  }

  /** The looks up to a step, the last ones where there are many; a loop is gone through as often as it takes. */
  looksUpTo(step: number, most: number): { readonly trail: readonly TrailStep[]; readonly forgotten: number } {
    const count = step - this.base
    const known = this.loop === undefined ? Math.min(count, this.steps.length) : count
    const forgotten = Math.max(0, known - most)
    const trail = Array.from({ length: known - forgotten }, (_, i) => {
      const { row, isMistake, weights } = this.steps[this.indexOf(forgotten + i)]!
      const before = forgotten + i === 0 ? this.first : this.steps[this.indexOf(forgotten + i - 1)]!.weights
      return { row, isMistake, before, after: weights }
    })
    return { trail, forgotten }
  }

  data(): TrailData {
    return { base: this.base, first: this.first, right: this.right, steps: [...this.steps] }
  }

  /** Where a look stands that may lie behind the end. */
  private indexOf(i: number): number {
    if (i < this.steps.length || this.loop === undefined) return i
    const start = this.loop.from - this.base
    return start + ((i - start) % this.loop.length)
  }
}

/** What comes next is decided by the weights and by the row whose turn it is, and by nothing else. */
const placeOf = (step: number, weights: readonly number[]): string => `${step % ROWS}:${weights.join()}`
