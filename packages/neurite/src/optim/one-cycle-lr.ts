import { requireNumber } from '../option-checks.ts'
import { ArgumentError } from '../errors.ts'
import { cos } from '../math/index.ts'
import { requireKnownOptions, requireSize } from '../nn/options.ts'
import type { AnyOptimizer } from './optimizer.ts'
import { Scheduler, type ScheduleOptions } from './scheduler.ts'

export interface OneCycleLROptions extends ScheduleOptions {
  /** The learning rate at the top of the cycle. */
  readonly maxLearningRate: number
  /** Steps of the whole training: epochs times batches per epoch. */
  readonly totalSteps: number
  /** The part of the steps in which the learning rate rises; default 0.3. */
  readonly pctStart?: number
  /** Along which line it moves; default 'cos'. */
  readonly annealStrategy?: 'cos' | 'linear'
  /** The first learning rate is the largest divided by this; default 25. */
  readonly divFactor?: number
  /** The last learning rate is the first divided by this; default 10000. */
  readonly finalDivFactor?: number
  /** Whether momentum (or Adam's first beta) moves the other way; by default where the optimiser has one. */
  readonly cycleMomentum?: boolean
  /** Falls to the first learning rate as fast as it rose, and then to the last one; default false. */
  readonly threePhase?: boolean
  /** The momentum at the top of the cycle; default 0.85. */
  readonly baseMomentum?: number
  /** The momentum at the start and at the end; default 0.95. */
  readonly maxMomentum?: number
}

const KNOWN = [
  'maxLearningRate',
  'totalSteps',
  'pctStart',
  'annealStrategy',
  'divFactor',
  'finalDivFactor',
  'per',
].concat(['cycleMomentum', 'baseMomentum', 'maxMomentum', 'threePhase'])

/**
 * Raises the learning rate to a maximum and lets it fall far below the start (Smith and Topin, 2019;
 * torch.optim.lr_scheduler.OneCycleLR). Counts steps, unless told otherwise.
 *
 * @throws ArgumentError for numbers out of range, and for cycling a momentum that the optimiser does not have
 *
 * @example
 * ```ts
 * import { Linear, OneCycleLR, SGD } from 'neurite'
 *
 * const optimizer = new SGD(new Linear(2, 1))
 * const schedule = new OneCycleLR(optimizer, { maxLearningRate: 1, totalSteps: 10 })
 * console.log(optimizer.learningRate) // → 0.04
 * schedule.step()
 * schedule.step()
 * console.log(optimizer.learningRate) // → 1
 * ```
 */
export class OneCycleLR extends Scheduler {
  private readonly options: Required<Omit<OneCycleLROptions, 'per'>>

  constructor(optimizer: AnyOptimizer, options: OneCycleLROptions) {
    super(optimizer, options.per ?? 'step')
    requireKnownOptions('OneCycleLR', options, KNOWN)
    const hasMomentum = optimizer.groups.every((group) => momentumOf(group) !== undefined)
    this.options = {
      pctStart: 0.3,
      annealStrategy: 'cos',
      divFactor: 25,
      finalDivFactor: 10_000,
      cycleMomentum: hasMomentum,
      baseMomentum: 0.85,
      maxMomentum: 0.95,
      threePhase: false,
      ...options,
    }
    const { maxLearningRate, totalSteps, pctStart, divFactor, finalDivFactor, cycleMomentum } = this.options
    requireNumber('OneCycleLR', 'maxLearningRate', maxLearningRate, { above: 0 })
    requireSize('OneCycleLR', 'totalSteps', totalSteps)
    requireNumber('OneCycleLR', 'pctStart', pctStart, { below: 1 })
    requireNumber('OneCycleLR', 'divFactor', divFactor, { above: 0 })
    requireNumber('OneCycleLR', 'finalDivFactor', finalDivFactor, { above: 0 })
    if (cycleMomentum && !hasMomentum) {
      throw new ArgumentError({
        what: `OneCycleLR: cycleMomentum with ${optimizer.typeName} without momentum`,
        expected: 'an optimiser with momentum or betas',
        fix: 'give the optimiser a momentum, or pass { cycleMomentum: false }',
      })
    }
    this.apply()
  }

  rate(_base: number, count: number): number {
    const { maxLearningRate, divFactor, finalDivFactor } = this.options
    const first = maxLearningRate / divFactor
    return this.between(count, [first, maxLearningRate, first, first / finalDivFactor])
  }

  protected override apply(): void {
    super.apply()
    const { cycleMomentum, baseMomentum, maxMomentum } = this.options
    if (!cycleMomentum) return
    const momentum = this.between(this.count, [maxMomentum, baseMomentum, maxMomentum, maxMomentum])
    for (const group of this.optimizer.groups) {
      const { betas } = group.options as { readonly betas?: readonly [number, number] }
      const changes: object = betas === undefined ? { momentum } : { betas: [momentum, betas[1]] }
      group.set(changes as never)
    }
  }

  /** The number at a place: from the first of four up, down again, and to the last, which two phases go to at once. */
  private between(count: number, [first, top, again, last]: readonly [number, number, number, number]): number {
    const { totalSteps, pctStart, threePhase } = this.options
    const turn = pctStart * totalSteps - 1
    const end = totalSteps - 1
    if (count <= turn) return this.anneal(first, top, turn === 0 ? 1 : count / turn)
    const back = threePhase ? 2 * pctStart * totalSteps - 2 : turn
    if (count <= back) return this.anneal(top, again, (count - turn) / (back - turn))
    return this.anneal(threePhase ? again : top, last, end <= back ? 1 : Math.min(1, (count - back) / (end - back)))
  }

  private anneal(from: number, to: number, part: number): number {
    if (this.options.annealStrategy === 'linear') return from + (to - from) * part
    const wave = cos(Math.PI * part)
    return (from * (1 + wave)) / 2 + (to * (1 - wave)) / 2
  }
}

function momentumOf(group: { readonly options: object }): unknown {
  const { betas, momentum } = group.options as { readonly betas?: unknown; readonly momentum?: number }
  return betas ?? (momentum === 0 ? undefined : momentum)
}
