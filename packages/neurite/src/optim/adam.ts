import { requireNumber } from '../option-checks.ts'
import { ArgumentError } from '../errors.ts'
import { onBeforeRun } from '../tensor/for-modules.ts'
import type { StateAssignment, Tensor } from '../tensor/index.ts'
import { Optimizer, runTimeNumber, type Update } from './optimizer.ts'
import type { OptionRules, ParameterGroup, Trainable } from './parameter-group.ts'

/** All options of Adam and AdamW. */
export interface AdamSettings {
  /** Default 0.001. */
  readonly learningRate: number
  /** How slowly the means of the gradient and of its square forget; default [0.9, 0.999]. */
  readonly betas: readonly [number, number]
  /** Added to the root, so that no division is by 0; default 1e-8. */
  readonly eps: number
  /** Adam: added to the gradient, times the parameter; default 0. AdamW: shrinks the parameter itself; default 0.01. */
  readonly weightDecay: number
  /** Uses the largest mean square so far (Reddi and others, 2018); default false. */
  readonly amsgrad: boolean
  /** Climbs instead of descending; default false. */
  readonly maximize: boolean
}

const DEFAULTS: AdamSettings = {
  learningRate: 0.001,
  betas: [0.9, 0.999],
  eps: 1e-8,
  weightDecay: 0,
  amsgrad: false,
  maximize: false,
}

const rules = (name: string): OptionRules<AdamSettings> => ({
  check({ learningRate, betas, eps, weightDecay }) {
    requireNumber(name, 'learningRate', learningRate)
    if (!Array.isArray(betas) || betas.length !== 2) {
      throw new ArgumentError({
        what: `${name}: betas is ${String(betas)}`,
        expected: 'two numbers from 0 to below 1',
        fix: 'pass { betas: [0.9, 0.999] }, or leave it out',
      })
    }
    requireNumber(name, 'betas[0]', betas[0], { below: 1 })
    requireNumber(name, 'betas[1]', betas[1], { below: 1 })
    requireNumber(name, 'eps', eps)
    requireNumber(name, 'weightDecay', weightDecay)
  },
  structure: ({ weightDecay, amsgrad, maximize }) => `${weightDecay !== 0}${amsgrad}${maximize}`,
})

/** Where weight decay acts. */
type Decay = 'gradient' | 'parameter'

abstract class AdamBase extends Optimizer<AdamSettings> {
  protected abstract readonly decay: Decay

  protected update({ parameter, gradient, memory }: Update, group: ParameterGroup<AdamSettings>): StateAssignment[] {
    const { weightDecay, amsgrad } = group.options
    // Before all numbers below are read: the first step counts as 1.
    onBeforeRun(() => memory.advance(...group.options.betas))
    const number = (read: (options: AdamSettings) => number): Tensor => runTimeNumber(() => read(group.options))
    const correction = (i: number): number => 1 - memory.products[i]!

    let start: Tensor = parameter
    let direction = gradient
    if (weightDecay !== 0 && this.decay === 'parameter') {
      start = start.mul(number(({ learningRate, weightDecay }) => 1 - learningRate * weightDecay))
    } else if (weightDecay !== 0) {
      direction = direction.add(parameter.mul(number((options) => options.weightDecay)))
    }
    const meanSlot = memory.slot('expAvg')
    const squareSlot = memory.slot('expAvgSq')
    const mean = meanSlot.mul(number(({ betas }) => betas[0])).add(direction.mul(number(({ betas }) => 1 - betas[0])))
    const square = squareSlot
      .mul(number(({ betas }) => betas[1]))
      .add(direction.mul(direction).mul(number(({ betas }) => 1 - betas[1])))
    const slots: StateAssignment[] = [
      [meanSlot, mean],
      [squareSlot, square],
    ]
    let largest = square
    if (amsgrad) {
      const largestSlot = memory.slot('maxExpAvgSq')
      largest = largestSlot.maximum(square)
      slots.push([largestSlot, largest])
    }
    const root = largest.sqrt().mul(runTimeNumber(() => 1 / Math.sqrt(correction(1))))
    const divisor = root.add(number(({ eps }) => eps))
    const size = number(({ learningRate }) => -learningRate / correction(0))
    return [[parameter, start.add(mean.mul(size).div(divisor))], ...slots]
  }
}

/**
 * Adam (Kingma and Ba, 2015; torch.optim.Adam). With gradient g, means m and v: `m = beta1 m + (1 - beta1) g;
 * v = beta2 v + (1 - beta2) g^2; p = p - learningRate / (1 - beta1^t) m / (sqrt(v / (1 - beta2^t)) + eps)`. Weight decay is
 * added to the gradient. The powers of beta are running products in double precision.
 *
 * @throws ArgumentError for a negative option, a beta of 1 or more, or an option that does not exist
 *
 * @example
 * ```ts
 * import { Adam, parameter, tensor } from 'neurite'
 *
 * const w = parameter(tensor([1]))
 * const optimizer = new Adam([w], { learningRate: 0.1 })
 * w.mul(3).sum().backward()
 * optimizer.step()
 * console.log((await w.item()).toFixed(4)) // → 0.9000
 * ```
 */
export class Adam extends AdamBase {
  protected readonly decay = 'gradient'

  constructor(trainable: Trainable<Partial<AdamSettings>>, options: Partial<AdamSettings> = {}) {
    super('Adam', trainable, options, DEFAULTS, rules('Adam'))
  }
}

/**
 * Adam with weight decay apart from the gradient (Loshchilov and Hutter, 2019; torch.optim.AdamW): first
 * `p = p - learningRate weightDecay p`, then Adam's step.
 *
 * @throws ArgumentError for a negative option, a beta of 1 or more, or an option that does not exist
 *
 * @example
 * ```ts
 * import { AdamW, parameter, tensor } from 'neurite'
 *
 * const w = parameter(tensor([1]))
 * const optimizer = new AdamW([w], { learningRate: 0.1, weightDecay: 0.5 })
 * w.mul(0).sum().backward()
 * optimizer.step()
 * console.log((await w.item()).toFixed(4)) // → 0.9500
 * ```
 */
export class AdamW extends AdamBase {
  protected readonly decay = 'parameter'

  constructor(trainable: Trainable<Partial<AdamSettings>>, options: Partial<AdamSettings> = {}) {
    super('AdamW', trainable, options, { ...DEFAULTS, weightDecay: 0.01 }, rules('AdamW'))
  }
}
