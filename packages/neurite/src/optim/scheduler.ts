import { requireOneOf } from '../option-checks.ts'
import { ArgumentError } from '../errors.ts'
import type { AnyOptimizer } from './optimizer.ts'

export interface ScheduleOptions {
  /** When `fit` moves the schedule on: after every step or after every epoch. */
  readonly per?: 'step' | 'epoch'
}

/** Where a schedule stands: plain data. */
export interface SchedulerState {
  readonly schedule: string
  /** How often `step` was called. */
  readonly count: number
  /** The learning rates of the groups at the start. */
  readonly base: readonly number[]
  /** What a schedule remembers besides. */
  readonly memory: Readonly<Record<string, number>>
  /** The learning rates at this moment. */
  readonly learningRates: readonly number[]
}

/** The base of all schedules: they set the learning rates of an optimiser, and nothing is compiled anew. */
export abstract class Scheduler {
  readonly optimizer: AnyOptimizer
  /** When `fit` moves the schedule on. */
  readonly per: 'step' | 'epoch'
  /** @internal The learning rates of the groups at the start. */
  base: readonly number[]
  protected count = 0

  constructor(optimizer: AnyOptimizer, per: 'step' | 'epoch') {
    requireOneOf('a schedule', 'per', per, ['step', 'epoch'])
    this.optimizer = optimizer
    this.per = per
    this.base = optimizer.groups.map((group) => group.learningRate)
  }

  get typeName(): string {
    return this.constructor.name.replace(/^_/, '')
  }

  /** Moves on by one step or epoch. `metric` is the loss to watch, for schedules that do. */
  step(_metric?: number): void {
    this.count++
    this.apply()
  }

  /** Sets the learning rates for the present place. */
  protected apply(): void {
    for (const [i, group] of this.optimizer.groups.entries()) group.learningRate = this.rate(this.base[i]!, this.count)
  }

  /** @internal The learning rate after `count` steps for a group that started with `base`. */
  abstract rate(base: number, count: number): number

  /** What else the schedule remembers, and how to put it back. */
  protected memory(): Record<string, number> {
    return {}
  }

  protected setMemory(_memory: Readonly<Record<string, number>>): void {
    // Most schedules follow from the count alone.
  }

  /** Where the schedule stands, for checkpoints. */
  stateDict(): SchedulerState {
    return {
      schedule: this.typeName,
      count: this.count,
      base: [...this.base],
      memory: this.memory(),
      learningRates: this.optimizer.groups.map((group) => group.learningRate),
    }
  }

  /**
   * Continues from a place that `stateDict` gave.
   *
   * @throws ArgumentError for the state of another schedule, or for another number of groups
   */
  loadStateDict(state: SchedulerState): void {
    if (state.schedule !== this.typeName || state.base.length !== this.base.length) {
      throw new ArgumentError({
        what: `${this.typeName}: the stored state is of ${state.schedule} over ${state.base.length} groups`,
        expected: `${this.typeName} over ${this.base.length}`,
        fix: 'make the schedule as it was when the state was stored',
      })
    }
    this.count = state.count
    this.base = [...state.base]
    this.setMemory(state.memory)
    for (const [i, group] of this.optimizer.groups.entries()) group.learningRate = state.learningRates[i]!
  }
}
