import { requireNumber } from '../option-checks.ts'
import { ArgumentError } from '../errors.ts'
import type { StateAssignment } from '../tensor/index.ts'
import { onBeforeRun } from '../tensor/for-modules.ts'
import { Optimizer, runTimeNumber, type Update } from './optimizer.ts'
import type { OptionRules, ParameterGroup, Trainable } from './parameter-group.ts'

/** All options of SGD. */
export interface SGDSettings {
  /** Default 0.001. */
  readonly learningRate: number
  /** How much of the last step goes into the next one; default 0. */
  readonly momentum: number
  /** The part of the gradient that does not enter the momentum; default 0. */
  readonly dampening: number
  /** Added to the gradient, times the parameter; default 0. */
  readonly weightDecay: number
  /** Looks ahead along the momentum (Nesterov, 1983); default false. */
  readonly nesterov: boolean
  /** Climbs instead of descending; default false. */
  readonly maximize: boolean
}

const DEFAULTS: SGDSettings = {
  learningRate: 0.001,
  momentum: 0,
  dampening: 0,
  weightDecay: 0,
  nesterov: false,
  maximize: false,
}

const RULES: OptionRules<SGDSettings> = {
  check({ learningRate, momentum, dampening, weightDecay, nesterov }) {
    requireNumber('SGD', 'learningRate', learningRate)
    requireNumber('SGD', 'momentum', momentum)
    requireNumber('SGD', 'weightDecay', weightDecay)
    requireNumber('SGD', 'dampening', dampening)
    if (!nesterov || (momentum > 0 && dampening === 0)) return
    throw new ArgumentError({
      what: `SGD: nesterov with momentum ${momentum} and dampening ${dampening}`,
      expected: 'a momentum above 0 and no dampening',
      fix: 'pass { nesterov: true, momentum: 0.9 }',
    })
  },
  structure: ({ momentum, dampening, weightDecay, nesterov, maximize }) =>
    `${momentum !== 0}${dampening !== 0}${weightDecay !== 0}${nesterov}${maximize}`,
}

/**
 * Stochastic gradient descent (torch.optim.SGD). With gradient g, parameter p, momentum m and velocity v:
 * `g = g + weightDecay p; v = m v + (1 - dampening) g` (in the first step `v = g`); `p = p - learningRate v`, or with
 * Nesterov's momentum `p = p - learningRate (g + m v)`.
 *
 * @throws ArgumentError for a negative option, an option that does not exist, or Nesterov without momentum
 *
 * @example
 * ```ts
 * import { parameter, SGD, tensor } from 'neurite'
 *
 * const w = parameter(tensor([4]))
 * const optimizer = new SGD([w], { learningRate: 0.25 })
 * w.square().sum().backward()
 * optimizer.step()
 * console.log(await w.item()) // → 2
 * ```
 */
export class SGD extends Optimizer<SGDSettings> {
  constructor(trainable: Trainable<Partial<SGDSettings>>, options: Partial<SGDSettings> = {}) {
    super('SGD', trainable, options, DEFAULTS, RULES)
  }

  protected update({ parameter, gradient, memory }: Update, group: ParameterGroup<SGDSettings>): StateAssignment[] {
    const { momentum, dampening, weightDecay, nesterov } = group.options
    const rate = runTimeNumber(() => -group.options.learningRate)
    let direction = gradient
    if (weightDecay !== 0) direction = direction.add(parameter.mul(runTimeNumber(() => group.options.weightDecay)))
    if (momentum === 0) return [[parameter, parameter.add(direction.mul(rate))]]

    const velocity = memory.slot('momentum')
    const factor = runTimeNumber(() => group.options.momentum)
    let fresh = direction
    if (dampening !== 0) {
      // The first step takes the gradient whole.
      fresh = fresh.mul(runTimeNumber(() => (memory.steps === 0 ? 1 : 1 - group.options.dampening)))
    }
    onBeforeRun(() => memory.advance())
    const next = velocity.mul(factor).add(fresh)
    direction = nesterov ? direction.add(next.mul(factor)) : next
    return [
      [parameter, parameter.add(direction.mul(rate))],
      [velocity, next],
    ]
  }
}
