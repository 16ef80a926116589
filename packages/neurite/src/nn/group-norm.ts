import { requireNumber } from '../option-checks.ts'
import { ArgumentError } from '../errors.ts'
import { standardise } from '../tensor/for-modules.ts'
import type { Tensor } from '../tensor/index.ts'
import { Activation } from './activations.ts'
import { affine } from './running-norm.ts'
import { initialisedParameter } from './initial-values.ts'
import { constantValue } from './initialisers.ts'
import { requireChannels, shapeRefused } from './input-checks.ts'
import { requireKnownOptions, requireSize } from './options.ts'

export interface GroupNormOptions {
  /** Added to the variance; default 1e-5. */
  readonly eps?: number
  /** Whether there are a weight and a bias per channel; default true. */
  readonly affine?: boolean
}

/**
 * Gives each group of neighbouring channels mean 0 and variance 1 in each example [N, C, ...], then multiplies each
 * channel by `weight` and adds `bias` (torch.nn.GroupNorm; Wu and He, 2018).
 *
 * @throws ArgumentError where the groups do not divide the channels
 * @throws ShapeError for another number of channels
 *
 * @example
 * ```ts
 * import { GroupNorm, zeros } from 'neurite'
 *
 * console.log(new GroupNorm(2, 6).forward(zeros([8, 6, 5, 5])).shape) // → [ 8, 6, 5, 5 ]
 * ```
 */
export class GroupNorm extends Activation {
  readonly numGroups: number
  readonly numChannels: number
  readonly eps: number
  weight: Tensor | undefined
  bias: Tensor | undefined

  constructor(numGroups: number, numChannels: number, options: GroupNormOptions = {}) {
    super()
    requireKnownOptions('GroupNorm', options, ['eps', 'affine'])
    requireSize('GroupNorm', 'numGroups', numGroups)
    requireSize('GroupNorm', 'numChannels', numChannels)
    if (numChannels % numGroups !== 0) {
      throw new ArgumentError({
        what: `GroupNorm: ${numGroups} groups do not divide ${numChannels} channels`,
        expected: 'groups of equally many channels',
        fix: 'choose a number of groups that divides the number of channels',
      })
    }
    requireNumber('GroupNorm', 'eps', options.eps ?? 0, { least: 0 })
    this.numGroups = numGroups
    this.numChannels = numChannels
    this.eps = options.eps ?? 1e-5
    const hasWeight = options.affine ?? true
    this.weight = hasWeight ? initialisedParameter([numChannels], constantValue(1)) : undefined
    this.bias = hasWeight ? initialisedParameter([numChannels], constantValue(0)) : undefined
  }

  protected apply(x: Tensor): Tensor {
    const { numGroups, numChannels, eps, weight, bias } = this
    if (x.rank < 2) throw shapeRefused(this, x, '[N, C, ...]', 'pass a batch of examples')
    requireChannels(this, x, numChannels, [x.rank], '[N, C, ...]')
    const groups = x.reshape([x.shape[0]!, numGroups, x.size / (x.shape[0]! * numGroups || 1)])
    return affine(standardise(groups, { axes: [2], eps }).reshape(x.shape), weight, bias)
  }

  override describeOptions(): string {
    return `${this.numGroups}, ${this.numChannels}`
  }
}
