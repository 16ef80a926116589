import { RunningNorm, type RunningNormOptions } from './running-norm.ts'

export interface InstanceNormOptions extends RunningNormOptions {
  /** How far the running statistics move to those of a batch; default 0.1. */
  readonly momentum?: number
  /** Whether there are a weight and a bias per channel; default false. */
  readonly affine?: boolean
  /** Whether there are running statistics, the means over the examples of each batch, which evaluation uses. Default false. */
  readonly trackRunningStats?: boolean
}

const morePlaces = 'pass longer sequences or larger pictures'

abstract class InstanceNorm extends RunningNorm {
  constructor(numFeatures: number, options: InstanceNormOptions = {}) {
    super(numFeatures, options, false)
  }

  /** The last but as many axes as stand behind the channels. */
  protected override channelAxis(rank: number): number {
    return rank - Math.max(...this.layout()[0]) + 1
  }
}

/**
 * Gives each channel mean 0 and variance 1 in each example, [N, C, L] or [C, L] (torch.nn.InstanceNorm1d).
 *
 * @throws ShapeError for another number of channels, and in training for one value per channel
 */
export class InstanceNorm1d extends InstanceNorm {
  protected layout(): readonly [readonly number[], string, string] {
    return [[3, 2], '[N, C, L] or [C, L]', morePlaces]
  }
}

/**
 * Gives each channel mean 0 and variance 1 in each picture, [N, C, H, W] or [C, H, W] (torch.nn.InstanceNorm2d; Ulyanov
 * and others, 2016).
 *
 * @throws ShapeError for another number of channels, and in training for one value per channel
 */
export class InstanceNorm2d extends InstanceNorm {
  protected layout(): readonly [readonly number[], string, string] {
    return [[4, 3], '[N, C, H, W] or [C, H, W]', morePlaces]
  }
}
