import { requireNumber } from '../option-checks.ts'
import { moments, standardise } from '../tensor/for-modules.ts'
import { assignStates, buffer, fromData, noGrad, type Tensor, zerosBuffer } from '../tensor/index.ts'
import { Activation } from './activations.ts'
import { initialisedParameter } from './initial-values.ts'
import { constantValue } from './initialisers.ts'
import { perChannel, requireChannels, shapeRefused } from './input-checks.ts'
import { inSnakeCase, type Member } from './module-names.ts'
import { requireKnownOptions, requireSize } from './options.ts'

export interface BatchNormOptions {
  /** Added to the variance; default 1e-5. */
  readonly eps?: number
  /** How far the running statistics move to those of a batch; default 0.1. null: they are the mean over all batches. */
  readonly momentum?: number | null
  /** Whether there are a weight and a bias per channel; default true. */
  readonly affine?: boolean
  /** Whether there are running statistics; without them evaluation uses those of its batch as well. Default true. */
  readonly trackRunningStats?: boolean
}

/** What BatchNorm1d and BatchNorm2d share. */
abstract class BatchNorm extends Activation {
  readonly numFeatures: number
  readonly eps: number
  readonly momentum: number | null
  weight: Tensor | undefined
  bias: Tensor | undefined
  runningMean: Tensor | undefined
  runningVar: Tensor | undefined
  /** How many batches the running statistics have seen: int32, shape []. */
  numBatchesTracked: Tensor | undefined

  constructor(numFeatures: number, options: BatchNormOptions = {}) {
    super()
    const name = this.typeName
    requireKnownOptions(name, options, ['eps', 'momentum', 'affine', 'trackRunningStats'])
    requireSize(name, 'numFeatures', numFeatures)
    const { eps = 1e-5, momentum = 0.1, affine = true, trackRunningStats = true } = options
    requireNumber(name, 'eps', eps, { least: 0 })
    if (momentum !== null) requireNumber(name, 'momentum', momentum, { least: 0, most: 1 })
    this.numFeatures = numFeatures
    this.eps = eps
    this.momentum = momentum
    this.weight = affine ? initialisedParameter([numFeatures], constantValue(1)) : undefined
    this.bias = affine ? initialisedParameter([numFeatures], constantValue(0)) : undefined
    if (!trackRunningStats) return
    this.runningMean = zerosBuffer([numFeatures])
    this.runningVar = buffer(fromData(new Float32Array(numFeatures).fill(1), [numFeatures]))
    this.numBatchesTracked = buffer(fromData(new Int32Array(1), []))
  }

  /** The numbers of axes that an input may have, and how such inputs look. */
  protected abstract layout(): readonly [ranks: readonly number[], text: string]

  protected apply(x: Tensor): Tensor {
    const { numFeatures, eps, weight, bias } = this
    requireChannels(this, x, numFeatures, ...this.layout())
    const { rank } = x
    if (this.training || this.runningMean === undefined) {
      const axes = x.shape.map((_, axis) => axis).filter((axis) => axis !== 1)
      if (this.training) this.track(x, axes)
      return affine(standardise(x, { axes, eps }), weight, bias)
    }
    const scale = this.runningVar!.add(eps).rsqrt()
    const factor: Tensor = weight === undefined ? scale : scale.mul(weight)
    const scaled = x.sub(perChannel(this.runningMean, rank)).mul(perChannel(factor, rank))
    return bias === undefined ? scaled : scaled.add(perChannel(bias, rank))
  }

  /** Moves the running statistics to those of a batch. */
  private track(x: Tensor, axes: readonly number[]): void {
    const { numFeatures, momentum, runningMean, runningVar, numBatchesTracked } = this
    const count = x.size / numFeatures
    if (count <= 1) {
      throw shapeRefused(
        this,
        x,
        'more than one value per channel in training',
        'train with larger batches (dropLast of DataLoader leaves a small last one out), or call eval() first',
      )
    }
    if (runningMean === undefined) return
    noGrad(() => {
      const { mean, variance } = moments(x, axes)
      const batches = numBatchesTracked!.add(1)
      const towards = (running: Tensor, value: Tensor): Tensor => {
        const way = value.reshape([numFeatures]).sub(running)
        return running.add(momentum === null ? way.div(batches) : way.mul(momentum))
      }
      assignStates([
        [runningMean, towards(runningMean, mean)],
        // The estimate without bias, as in PyTorch.
        [runningVar!, towards(runningVar!, variance.mul(count / (count - 1)))],
        [numBatchesTracked!, batches],
      ])
    })
  }

  /** @internal */
  override members(): Iterable<Member> {
    return inSnakeCase(super.members())
  }

  override describeOptions(): string {
    return String(this.numFeatures)
  }
}

/** `x` times a weight plus a bias per channel (axis 1). */
export function affine(x: Tensor, weight: Tensor | undefined, bias: Tensor | undefined, axis = 1): Tensor {
  // Spread over the examples first and over the places then: the sums of the gradients go the other way round, over the
  // places first, where they join the kernel that sums for the normalisation.
  const perExample = x.shape.map((size, i) => (i <= axis ? size : 1))
  const spread = (values: Tensor): Tensor => perChannel(values, x.rank, axis).expand(perExample)
  const scaled: Tensor = weight === undefined ? x : x.mul(spread(weight))
  return bias === undefined ? scaled : scaled.add(spread(bias))
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
  protected layout(): readonly [readonly number[], string] {
    return [[2, 3], '[N, C] or [N, C, L]']
  }
}

/**
 * Batch normalisation of pictures [N, C, H, W] (torch.nn.BatchNorm2d), see `BatchNorm1d`.
 *
 * @throws ShapeError for another number of channels, and in training for one value per channel
 */
export class BatchNorm2d extends BatchNorm {
  protected layout(): readonly [readonly number[], string] {
    return [[4], '[N, C, H, W]']
  }
}
