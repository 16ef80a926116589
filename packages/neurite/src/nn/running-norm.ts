import { requireNumber } from '../option-checks.ts'
import { moments, standardise } from '../tensor/for-modules.ts'
import { assignStates, buffer, fromData, noGrad, type Tensor, zerosBuffer } from '../tensor/index.ts'
import { Activation } from './activations.ts'
import { initialisedParameter } from './initial-values.ts'
import { constantValue } from './initialisers.ts'
import { perChannel, requireChannels, shapeRefused } from './input-checks.ts'
import { inSnakeCase, type Member } from './module-names.ts'
import { requireKnownOptions, requireSize } from './options.ts'

/** Options of the normalisations whose statistics may be kept for evaluation. */
export interface RunningNormOptions {
  /** Added to the variance; default 1e-5. */
  readonly eps?: number
  /** How far the running statistics move to those of a batch; default 0.1. */
  readonly momentum?: number | null
  /** Whether there are a weight and a bias per channel. */
  readonly affine?: boolean
  /** Whether there are running statistics; without them evaluation uses those of its input as well. */
  readonly trackRunningStats?: boolean
}

/** What batch and instance normalisation share: numbers per channel, and running statistics. */
export abstract class RunningNorm extends Activation {
  readonly numFeatures: number
  readonly eps: number
  readonly momentum: number | null
  weight: Tensor | undefined
  bias: Tensor | undefined
  runningMean: Tensor | undefined
  runningVar: Tensor | undefined
  /** How many batches the running statistics have seen: int32, shape []. As in PyTorch, instance normalisation does not count. */
  numBatchesTracked: Tensor | undefined
  /** Whether the examples of a batch are normalised together. */
  private readonly isJoint: boolean

  constructor(numFeatures: number, options: RunningNormOptions, isJoint: boolean) {
    super()
    const name = this.typeName
    requireKnownOptions(name, options, ['eps', 'momentum', 'affine', 'trackRunningStats'])
    requireSize(name, 'numFeatures', numFeatures)
    const { eps = 1e-5, momentum = 0.1, affine = isJoint, trackRunningStats = isJoint } = options
    requireNumber(name, 'eps', eps, { least: 0 })
    if (momentum !== null || !isJoint) requireNumber(name, 'momentum', momentum, { least: 0, most: 1 })
    this.numFeatures = numFeatures
    this.eps = eps
    this.momentum = momentum
    this.isJoint = isJoint
    this.weight = affine ? initialisedParameter([numFeatures], constantValue(1)) : undefined
    this.bias = affine ? initialisedParameter([numFeatures], constantValue(0)) : undefined
    if (!trackRunningStats) return
    this.runningMean = zerosBuffer([numFeatures])
    this.runningVar = buffer(fromData(new Float32Array(numFeatures).fill(1), [numFeatures]))
    this.numBatchesTracked = buffer(fromData(new Int32Array(1), []))
  }

  /** The numbers of axes that an input may have, how such inputs look, and how to get more than one value per channel. */
  protected abstract layout(): readonly [ranks: readonly number[], text: string, fix: string]

  /** The axis of the channels. */
  protected channelAxis(_rank: number): number {
    return 1
  }

  protected apply(x: Tensor): Tensor {
    const { numFeatures, eps, weight, bias, isJoint } = this
    const { rank } = x
    const channels = this.channelAxis(rank)
    const [ranks, text, fix] = this.layout()
    requireChannels(this, x, numFeatures, ranks, text, channels)
    if (this.training || this.runningMean === undefined) {
      const axes = [...x.shape.keys()].filter((axis) => (isJoint ? axis !== channels : axis > channels))
      const count = axes.reduce((product, axis) => product * x.shape[axis]!, 1)
      if (this.training && count <= 1) throw shapeRefused(this, x, 'more than one value per channel in training', fix)
      if (this.training) this.track(x, axes, count)
      return affine(standardise(x, { axes, eps }), weight, bias, channels)
    }
    const scale = this.runningVar!.add(eps).rsqrt()
    const factor: Tensor = weight === undefined ? scale : scale.mul(weight)
    const scaled = x.sub(perChannel(this.runningMean, rank, channels)).mul(perChannel(factor, rank, channels))
    return bias === undefined ? scaled : scaled.add(perChannel(bias, rank, channels))
  }

  /** Moves the running statistics to those of a batch. */
  private track(x: Tensor, axes: readonly number[], count: number): void {
    const { numFeatures, momentum, runningMean, runningVar, numBatchesTracked, isJoint } = this
    if (runningMean === undefined) return
    noGrad(() => {
      const { mean, variance } = moments(x, axes)
      const batches = isJoint ? numBatchesTracked!.add(1) : numBatchesTracked!
      const towards = (running: Tensor, value: Tensor): Tensor => {
        // One row for the batch, or one for each of its examples.
        const way = value
          .reshape([value.size / numFeatures, numFeatures])
          .mean(0)
          .sub(running)
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
