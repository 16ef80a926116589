import type { FrameBase } from './protocol.ts'
import type { FeatureName } from './run/spec.ts'

/** One look of a perceptron at one row of its table. */
export interface TrailStep {
  readonly row: number
  readonly isMistake: boolean
  /** All numbers, the bias last. */
  readonly before: readonly number[]
  readonly after: readonly number[]
}

/** One neuron on the four rows of a truth table, with or without a third input. */
export interface TruthFrame extends FrameBase {
  readonly kind: 'truth'
  readonly rule: 'step' | 'sigmoid'
  readonly feature: FeatureName
  /** The bias last. */
  readonly weights: readonly number[]
  /** Two numbers for each row; `features` holds the third, where there is one. */
  readonly points: { readonly inputs: Float32Array; readonly labels: Float32Array; readonly features?: Float32Array }
  /** For each row: its weighted sum, and what the neuron makes of it. */
  readonly sums: Float32Array
  readonly outputs: Float32Array
  /** Whether it has each row wrong; at exactly 0 it has no opinion, and that counts as wrong. */
  readonly wrong: readonly boolean[]
  readonly right: number
  /** The most rows that were right at once since the weights were last set. */
  readonly best: number
  readonly corrections: number
  /** Rows are looked at in turn; this one comes next. */
  readonly next: number
  /** The last looks since the weights were last set, and how many there were before these. */
  readonly trail: readonly TrailStep[]
  readonly forgotten: number
  /** Of each look since the weights were last set, once round a loop at most: whether it corrected something. */
  readonly moved: readonly boolean[]
  /** The weights came back to where they had been, before the same row: from there on everything repeats itself. */
  readonly loop: { readonly from: number; readonly length: number; readonly corrections: number } | undefined
  /** Where the two classes meet, as a mixture of rows of each; undefined where a line divides them. */
  readonly meeting: { readonly place: readonly number[]; readonly rows: readonly number[] } | undefined
  /** Over a grid of `size` squared points from `low` to `high`, row by row from the top left: what comes out, from -1 to 1, and its sum. */
  readonly surface: {
    readonly size: number
    readonly low: number
    readonly high: number
    readonly values: Float32Array
    readonly sums: Float32Array
  }
}

/** The last steps up to now that corrected something, at most so many; behind the end of what is told the loop goes on. */
export function correctionSteps(
  { step, trail, forgotten, moved, loop }: Pick<TruthFrame, 'step' | 'trail' | 'forgotten' | 'moved' | 'loop'>,
  most: number,
): number[] {
  const count = trail.length + forgotten
  const base = step - count
  const found: number[] = []
  for (let i = (loop === undefined ? Math.min(count, moved.length) : count) - 1; i >= 0 && found.length < most; i--) {
    const start = loop === undefined ? 0 : loop.from - base
    const place = loop === undefined || i < moved.length ? i : start + ((i - start) % loop.length)
    if (moved[place] === true) found.push(base + i + 1)
  }
  return found.reverse()
}
