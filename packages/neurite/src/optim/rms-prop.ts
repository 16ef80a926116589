import { requireNumber } from '../option-checks.ts'
import type { StateAssignment, Tensor } from '../tensor/index.ts'
import { Optimizer, runTimeNumber, type Update } from './optimizer.ts'
import type { OptionRules, ParameterGroup, Trainable } from './parameter-group.ts'

/** All options of RMSprop. */
export interface RMSpropSettings {
  /** Default 0.01. */
  readonly learningRate: number
  /** How slowly the mean of the squared gradient forgets; default 0.99. */
  readonly alpha: number
  /** Added to the root, so that no division is by 0; default 1e-8. */
  readonly eps: number
  /** Added to the gradient, times the parameter; default 0. */
  readonly weightDecay: number
  /** How much of the last step goes into the next one; default 0. */
  readonly momentum: number
  /** Divides by the deviation of the gradient instead of its root mean square; default false. */
  readonly centered: boolean
  /** Climbs instead of descending; default false. */
  readonly maximize: boolean
}

const DEFAULTS: RMSpropSettings = {
  learningRate: 0.01,
  alpha: 0.99,
  eps: 1e-8,
  weightDecay: 0,
  momentum: 0,
  centered: false,
  maximize: false,
}

const RULES: OptionRules<RMSpropSettings> = {
  check({ learningRate, alpha, eps, weightDecay, momentum }) {
    requireNumber('RMSprop', 'learningRate', learningRate)
    requireNumber('RMSprop', 'alpha', alpha)
    requireNumber('RMSprop', 'eps', eps)
    requireNumber('RMSprop', 'weightDecay', weightDecay)
    requireNumber('RMSprop', 'momentum', momentum)
  },
  structure: ({ weightDecay, momentum, centered, maximize }) =>
    `${weightDecay !== 0}${momentum !== 0}${centered}${maximize}`,
}

/**
 * RMSprop (Hinton's lectures, 2012; torch.optim.RMSprop). With gradient g and mean square v: `v = alpha v +
 * (1 - alpha) g^2; p = p - learningRate g / (sqrt(v) + eps)`; with momentum the quotient is added up first.
 *
 * @throws ArgumentError for a negative option, or one that does not exist
 *
 * @example
 * ```ts
 * import { parameter, RMSprop, tensor } from 'neurite'
 *
 * const w = parameter(tensor([1]))
 * const optimizer = new RMSprop([w], { learningRate: 0.1, alpha: 0.75 })
 * w.mul(3).sum().backward()
 * optimizer.step()
 * console.log((await w.item()).toFixed(4)) // → 0.8000
 * ```
 */
export class RMSprop extends Optimizer<RMSpropSettings> {
  constructor(trainable: Trainable<Partial<RMSpropSettings>>, options: Partial<RMSpropSettings> = {}) {
    super('RMSprop', trainable, options, DEFAULTS, RULES)
  }

  protected update({ parameter, gradient, memory }: Update, group: ParameterGroup<RMSpropSettings>): StateAssignment[] {
    const { weightDecay, momentum, centered } = group.options
    const number = (read: (options: RMSpropSettings) => number): Tensor => runTimeNumber(() => read(group.options))
    let direction = gradient
    if (weightDecay !== 0) direction = direction.add(parameter.mul(number((options) => options.weightDecay)))
    const alpha = number((options) => options.alpha)
    const rest = number((options) => 1 - options.alpha)
    const squareSlot = memory.slot('squareAvg')
    const square = squareSlot.mul(alpha).add(direction.mul(direction).mul(rest))
    const slots: StateAssignment[] = [[squareSlot, square]]
    let spread = square
    if (centered) {
      const meanSlot = memory.slot('gradAvg')
      const mean = meanSlot.mul(alpha).add(direction.mul(rest))
      slots.push([meanSlot, mean])
      spread = square.sub(mean.mul(mean))
    }
    let change: Tensor = direction.div(spread.sqrt().add(number(({ eps }) => eps)))
    if (momentum !== 0) {
      const velocity = memory.slot('momentum')
      change = velocity.mul(number((options) => options.momentum)).add(change)
      slots.push([velocity, change])
    }
    const rate = number(({ learningRate }) => -learningRate)
    return [[parameter, parameter.add(change.mul(rate))], ...slots]
  }
}
