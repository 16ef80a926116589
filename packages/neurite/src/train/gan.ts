import type { DataLoader, Dataset } from '../data/index.ts'
import type { Network } from '../nn/index.ts'
import type { AnyOptimizer } from '../optim/index.ts'
import type { Shape } from '../tensor/for-modules.ts'
import { loadWithDevice } from './load.ts'

/**
 * What the players of a GAN want. `nonSaturating`: cross-entropy, the generator wants its pictures to be called real
 * (Goodfellow and others, 2014). `leastSquares`: squares of distances from 1 and 0 (Mao and others, 2017). `hinge`: margins
 * (Lim and Ye, 2017). `wasserstein`: differences of means, with a gradient penalty (Gulrajani and others, 2017).
 */
export type GanLoss = 'nonSaturating' | 'leastSquares' | 'hinge' | 'wasserstein'

/** The networks and optimisers of a GAN. */
export interface GanPlayers {
  /** Makes examples [batch, ...] from noise [batch, ...latentShape]. */
  readonly generator: Network
  /** Gives one number per example, without sigmoid: large for real ones. */
  readonly discriminator: Network
  readonly generatorOptimizer: AnyOptimizer
  readonly discriminatorOptimizer: AnyOptimizer
}

export interface GanOptions {
  /** The shape of the noise of one example, such as [64]. */
  readonly latentShape: Shape
  /** Default 'nonSaturating'. */
  readonly loss?: GanLoss
  /** Steps of the discriminator for each of the generator; default 1. */
  readonly discriminatorSteps?: number
  /** The factor of `(length of the gradient - 1)^2` between real and made examples; default 10 for 'wasserstein', else 0. */
  readonly gradientPenalty?: number
  /** A second generator, whose weights become the moving average of those of the first. */
  readonly average?: {
    readonly model: Network
    /** How slowly it moves; default 0.999. */
    readonly decay?: number
  }
  /** How often all data are gone through; default 1. */
  readonly epochs?: number
  /** Examples per batch; default 64. Not for a loader, which has its own. A smaller last batch is left out. */
  readonly batchSize?: number
  /** The seed of the order; by default that of `manualSeed`. Not for a loader. */
  readonly seed?: number
  /** Hears of each step of the generator; returning false (or a promise of it) stops the training. */
  readonly onStep?: (step: GanStep) => unknown
  /** Stops the training, which keeps what it has learned. */
  readonly signal?: AbortSignal
}

/** A step of the generator, and those of the discriminator before it. */
export interface GanStep {
  readonly epoch: number
  /** Steps of the generator since the start. */
  readonly step: number
  readonly generatorLoss: number
  /** The mean over the steps of the discriminator, with its penalty. */
  readonly discriminatorLoss: number
}

/** What a training ended with. */
export interface GanResult {
  /** Means over each finished epoch. */
  readonly history: readonly GanStep[]
  readonly steps: number
  readonly stopped: boolean
  readonly seconds: number
}

/**
 * Trains two networks against each other: the generator makes examples from noise, the discriminator tells them from real
 * ones (Goodfellow and others, 2014). Each player's step is one compiled program. Only the inputs of the data are used.
 *
 * @throws ArgumentError for unknown options and values that make no sense
 * @throws StateError when a loss is not finite; the step is withheld
 *
 * @example
 * ```ts
 * import { Adam, Linear, manualSeed, Sequential, Tanh, trainGan } from 'neurite'
 * import { TensorDataset } from 'neurite/data'
 *
 * manualSeed(1)
 * const data = TensorDataset.fromArrays({ inputs: [[2], [2.1], [1.9], [2]], targets: [[0], [0], [0], [0]] })
 * const generator = new Sequential(new Linear(1, 4), new Tanh(), new Linear(4, 1))
 * const discriminator = new Sequential(new Linear(1, 4), new Tanh(), new Linear(4, 1))
 * const generatorOptimizer = new Adam(generator)
 * const discriminatorOptimizer = new Adam(discriminator)
 * const players = { generator, discriminator, generatorOptimizer, discriminatorOptimizer }
 * const { steps } = await trainGan(players, data, { latentShape: [1], batchSize: 4, epochs: 3 })
 * console.log(steps) // → 3
 * ```
 */
export async function trainGan(
  players: GanPlayers,
  data: Dataset | DataLoader,
  options: GanOptions,
): Promise<GanResult> {
  const { runGan } = await loadWithDevice()
  return runGan(players, data, options)
}
