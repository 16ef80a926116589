import { RunningNorm, type RunningNormOptions } from './running-norm.ts'

export interface BatchNormOptions extends RunningNormOptions {
  /** How far the running statistics move to those of a batch; default 0.1. null: they are the mean over all batches. */
  readonly momentum?: number | null
  /** Whether there are a weight and a bias per channel; default true. */
  readonly affine?: boolean
  /** Whether there are running statistics; without them evaluation uses those of its batch as well. Default true. */
  readonly trackRunningStats?: boolean
}

const moreExamples =
  'train with larger batches (dropLast of DataLoader leaves a small last one out), or call eval() first'

abstract class BatchNorm extends RunningNorm {
  constructor(numFeatures: number, options: BatchNormOptions = {}) {
    super(numFeatures, options, true)
  }
}

/**
 * Batch normalisation of [N, C] or [N, C, L] (torch.nn.BatchNorm1d; Ioffe and Szegedy, 2015): in training each channel
 * gets mean 0 and variance 1 over the batch, in evaluation the running statistics stand for those of the batch. Then each
 * channel has a factor (`weight`) and a summand (`bias`). Statistics are named as in PyTorch: `running_mean`,
 * `running_var`, `num_batches_tracked`.
 *
 * @throws ShapeError for another number of channels, and in training for one value per channel
 *
 * @example
 * ```ts
 * import { BatchNorm1d, tensor } from 'neurite'
 *
 * const layer = new BatchNorm1d(1)
 * console.log(await layer.forward(tensor([[1], [3]])).toText())
 * // → tensor([[-1.0000],
 * // →         [ 1.0000]], requiresGrad=true)
 * console.log(layer.runningMean) // → tensor([0.2000])
 * ```
 */
export class BatchNorm1d extends BatchNorm {
  protected layout(): readonly [readonly number[], string, string] {
    return [[2, 3], '[N, C] or [N, C, L]', moreExamples]
  }
}

/**
 * Batch normalisation of pictures [N, C, H, W] (torch.nn.BatchNorm2d), see `BatchNorm1d`.
 *
 * @throws ShapeError for another number of channels, and in training for one value per channel
 */
export class BatchNorm2d extends BatchNorm {
  protected layout(): readonly [readonly number[], string, string] {
    return [[4], '[N, C, H, W]', moreExamples]
  }
}
