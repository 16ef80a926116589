import { requireOneOf, requireNumber } from '../option-checks.ts'
import { ArgumentError } from '../errors.ts'
import { requireKnownOptions, requireSize } from '../nn/options.ts'
import type { AnyOptimizer } from './optimizer.ts'
import { Scheduler, type ScheduleOptions } from './scheduler.ts'

export interface ReduceLROnPlateauOptions extends ScheduleOptions {
  /** Whether a smaller (`min`, the default) or a larger metric is better. */
  readonly mode?: 'min' | 'max'
  /** The factor by which the learning rate falls; default 0.1. */
  readonly factor?: number
  /** How many epochs without improvement are endured; default 10. */
  readonly patience?: number
  /** By which part of the best metric a new one must be better; default 0.0001. */
  readonly threshold?: number
  /** Whether the threshold is a part of the best metric (`rel`, the default) or a number (`abs`). */
  readonly thresholdMode?: 'rel' | 'abs'
  /** For how many epochs after a fall nothing is counted; default 0. */
  readonly cooldown?: number
  /** Default 0. */
  readonly minLearningRate?: number
}

const KNOWN = ['mode', 'factor', 'patience', 'threshold', 'thresholdMode', 'cooldown', 'minLearningRate', 'per']

/**
 * Lowers the learning rate when a metric has stopped getting better (torch.optim.lr_scheduler.ReduceLROnPlateau). `fit`
 * gives it the validation loss, or the training loss where there is no validation.
 *
 * @throws ArgumentError for numbers out of range, and for a `step` without metric
 *
 * @example
 * ```ts
 * import { Linear, ReduceLROnPlateau, SGD } from 'neurite'
 *
 * const optimizer = new SGD(new Linear(2, 1), { learningRate: 1 })
 * const schedule = new ReduceLROnPlateau(optimizer, { factor: 0.5, patience: 1 })
 * for (const loss of [3, 2, 2, 2]) schedule.step(loss)
 * console.log(optimizer.learningRate) // → 0.5
 * ```
 */
export class ReduceLROnPlateau extends Scheduler {
  private readonly options: Required<Omit<ReduceLROnPlateauOptions, 'per'>>
  private best: number
  private bad = 0
  private resting = 0

  constructor(optimizer: AnyOptimizer, options: ReduceLROnPlateauOptions = {}) {
    super(optimizer, options.per ?? 'epoch')
    requireKnownOptions('ReduceLROnPlateau', options, KNOWN)
    const defaults = { factor: 0.1, patience: 10, threshold: 1e-4, cooldown: 0, minLearningRate: 0 }
    this.options = { mode: 'min', thresholdMode: 'rel', ...defaults, ...options }
    const { mode, factor, patience, threshold, cooldown, minLearningRate } = this.options
    requireOneOf('ReduceLROnPlateau', 'mode', mode, ['min', 'max'])
    requireNumber('ReduceLROnPlateau', 'factor', factor, { below: 1 })
    requireSize('ReduceLROnPlateau', 'patience', patience, 0)
    requireNumber('ReduceLROnPlateau', 'threshold', threshold)
    requireSize('ReduceLROnPlateau', 'cooldown', cooldown, 0)
    requireNumber('ReduceLROnPlateau', 'minLearningRate', minLearningRate)
    this.best = mode === 'min' ? Infinity : -Infinity
  }

  override step(metric?: number): void {
    if (metric === undefined || Number.isNaN(metric)) {
      throw new ArgumentError({
        what: `ReduceLROnPlateau: step got ${metric === undefined ? 'no metric' : 'NaN'}`,
        expected: 'the number that is watched, such as the validation loss',
        fix: 'call schedule.step(loss) after each epoch',
      })
    }
    this.count++
    const { patience, cooldown } = this.options
    if (this.isBetter(metric)) {
      this.best = metric
      this.bad = 0
    } else {
      this.bad++
    }
    if (this.resting > 0) {
      this.resting--
      this.bad = 0
    }
    if (this.bad <= patience) return
    this.lower()
    this.resting = cooldown
    this.bad = 0
  }

  /** The learning rate follows from the metrics, not from the count. */
  rate(base: number): number {
    return base
  }

  private isBetter(metric: number): boolean {
    const { mode, threshold, thresholdMode } = this.options
    if (!Number.isFinite(this.best)) return mode === 'min' ? metric < this.best : metric > this.best
    if (thresholdMode === 'abs') return mode === 'min' ? metric < this.best - threshold : metric > this.best + threshold
    return mode === 'min' ? metric < this.best * (1 - threshold) : metric > this.best * (1 + threshold)
  }

  private lower(): void {
    const { factor, minLearningRate } = this.options
    for (const group of this.optimizer.groups) {
      const next = Math.max(group.learningRate * factor, minLearningRate)
      // As in PyTorch, changes too small to matter are left out.
      if (group.learningRate - next > 1e-8) group.learningRate = next
    }
  }

  protected override memory(): Record<string, number> {
    return { best: this.best, bad: this.bad, resting: this.resting }
  }

  protected override setMemory({ best, bad, resting }: Readonly<Record<string, number>>): void {
    this.best = best!
    this.bad = bad!
    this.resting = resting!
  }
}
