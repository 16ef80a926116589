import { requireNumber } from '../option-checks.ts'
import { cos, integerPower } from '../math/index.ts'
import { requireKnownOptions, requireSize } from '../nn/options.ts'
import type { AnyOptimizer } from './optimizer.ts'
import { Scheduler, type ScheduleOptions } from './scheduler.ts'

export interface StepLROptions extends ScheduleOptions {
  /** After how many steps or epochs the learning rate falls. */
  readonly stepSize: number
  /** The factor by which it falls; default 0.1. */
  readonly gamma?: number
}

/**
 * Multiplies the learning rate by `gamma` every `stepSize` epochs (torch.optim.lr_scheduler.StepLR).
 *
 * @throws ArgumentError for a step size that is no whole number of at least 1
 *
 * @example
 * ```ts
 * import { Linear, SGD, StepLR } from 'neurite'
 *
 * const optimizer = new SGD(new Linear(2, 1), { learningRate: 0.5 })
 * const schedule = new StepLR(optimizer, { stepSize: 2, gamma: 0.5 })
 * for (let epoch = 0; epoch < 4; epoch++) schedule.step()
 * console.log(optimizer.learningRate) // → 0.125
 * ```
 */
export class StepLR extends Scheduler {
  readonly stepSize: number
  readonly gamma: number

  constructor(optimizer: AnyOptimizer, options: StepLROptions) {
    super(optimizer, options.per ?? 'epoch')
    requireKnownOptions('StepLR', options, ['stepSize', 'gamma', 'per'])
    requireSize('StepLR', 'stepSize', options.stepSize)
    this.stepSize = options.stepSize
    this.gamma = options.gamma ?? 0.1
    requireNumber('StepLR', 'gamma', this.gamma)
  }

  rate(base: number, count: number): number {
    return base * integerPower(this.gamma, Math.floor(count / this.stepSize))
  }
}

export interface ExponentialLROptions extends ScheduleOptions {
  /** The factor of every step or epoch. */
  readonly gamma: number
}

/**
 * Multiplies the learning rate by `gamma` every epoch (torch.optim.lr_scheduler.ExponentialLR).
 *
 * @throws ArgumentError for a negative factor
 */
export class ExponentialLR extends Scheduler {
  readonly gamma: number

  constructor(optimizer: AnyOptimizer, options: ExponentialLROptions) {
    super(optimizer, options.per ?? 'epoch')
    requireKnownOptions('ExponentialLR', options, ['gamma', 'per'])
    requireNumber('ExponentialLR', 'gamma', options.gamma)
    this.gamma = options.gamma
  }

  rate(base: number, count: number): number {
    return base * integerPower(this.gamma, count)
  }
}

export interface CosineAnnealingLROptions extends ScheduleOptions {
  /** After how many steps or epochs the lowest learning rate is reached (T_max). */
  readonly tMax: number
  /** The lowest learning rate; default 0. */
  readonly minLearningRate?: number
}

/**
 * Lowers the learning rate along half a cosine (Loshchilov and Hutter, 2017; torch.optim.lr_scheduler.CosineAnnealingLR);
 * after `tMax` it rises again.
 *
 * @throws ArgumentError for a `tMax` that is no whole number of at least 1
 *
 * @example
 * ```ts
 * import { CosineAnnealingLR, Linear, SGD } from 'neurite'
 *
 * const optimizer = new SGD(new Linear(2, 1), { learningRate: 0.5 })
 * const schedule = new CosineAnnealingLR(optimizer, { tMax: 10 })
 * for (let epoch = 0; epoch < 5; epoch++) schedule.step()
 * console.log(optimizer.learningRate.toFixed(3)) // → 0.250
 * ```
 */
export class CosineAnnealingLR extends Scheduler {
  readonly tMax: number
  readonly minLearningRate: number

  constructor(optimizer: AnyOptimizer, options: CosineAnnealingLROptions) {
    super(optimizer, options.per ?? 'epoch')
    requireKnownOptions('CosineAnnealingLR', options, ['tMax', 'minLearningRate', 'per'])
    requireSize('CosineAnnealingLR', 'tMax', options.tMax)
    this.tMax = options.tMax
    this.minLearningRate = options.minLearningRate ?? 0
    requireNumber('CosineAnnealingLR', 'minLearningRate', this.minLearningRate)
  }

  rate(base: number, count: number): number {
    const { minLearningRate, tMax } = this
    return minLearningRate + ((base - minLearningRate) * (1 + cos((Math.PI * count) / tMax))) / 2
  }
}

export interface LinearWarmupOptions extends ScheduleOptions {
  /** How many steps the learning rate rises. */
  readonly steps: number
  /** The part of the learning rate to start with; default 1/3. */
  readonly startFactor?: number
  /** The part of the learning rate to end with; default 1. Not with `after`, which goes on from the whole. */
  readonly endFactor?: number
  /** The schedule that follows; by default the learning rate stays. */
  readonly after?: Scheduler
}

/**
 * Raises the learning rate in equal steps (torch.optim.lr_scheduler.LinearLR), and goes on with another schedule. Counts
 * steps, not epochs, unless told otherwise. Give only this schedule to `fit`, not the one that follows.
 *
 * @throws ArgumentError for a number of steps that is no whole number of at least 1
 *
 * @example
 * ```ts
 * import { Linear, LinearWarmup, SGD } from 'neurite'
 *
 * const optimizer = new SGD(new Linear(2, 1), { learningRate: 1 })
 * const schedule = new LinearWarmup(optimizer, { steps: 4, startFactor: 0.2 })
 * const rates = [optimizer.learningRate]
 * for (let step = 0; step < 5; step++) {
 *   schedule.step()
 *   rates.push(optimizer.learningRate)
 * }
 * console.log(rates.map((rate) => rate.toFixed(1)).join(' ')) // → 0.2 0.4 0.6 0.8 1.0 1.0
 * ```
 */
export class LinearWarmup extends Scheduler {
  readonly steps: number
  readonly startFactor: number
  readonly endFactor: number
  readonly after: Scheduler | undefined

  constructor(optimizer: AnyOptimizer, options: LinearWarmupOptions) {
    super(optimizer, options.per ?? 'step')
    requireKnownOptions('LinearWarmup', options, ['steps', 'startFactor', 'endFactor', 'after', 'per'])
    requireSize('LinearWarmup', 'steps', options.steps)
    this.steps = options.steps
    this.startFactor = options.startFactor ?? 1 / 3
    this.endFactor = options.endFactor ?? 1
    this.after = options.after
    requireNumber('LinearWarmup', 'startFactor', this.startFactor)
    requireNumber('LinearWarmup', 'endFactor', this.endFactor)
    if (this.after !== undefined) this.base = this.after.base
    this.apply()
  }

  rate(base: number, count: number): number {
    const later = this.after?.rate(base, Math.max(0, count - this.steps)) ?? base
    if (this.after !== undefined && count >= this.steps) return later
    const { startFactor, endFactor, steps } = this
    return later * (startFactor + ((endFactor - startFactor) * Math.min(count, steps)) / steps)
  }
}
