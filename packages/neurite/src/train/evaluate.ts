import type { DataLoader, Dataset } from '../data/index.ts'
import type { Network } from '../nn/index.ts'
import type { Tensor } from '../tensor/index.ts'
import type { Scores } from './events.ts'
import type { Metrics } from './metrics.ts'
import { loadWithDevice } from './load.ts'

/** Compares what the network gives with what it should give. */
export type Loss = (output: Tensor, target: Tensor) => Tensor

export interface EvaluateOptions {
  readonly loss: Loss
  /** By default the accuracy, where targets are class numbers. */
  readonly metrics?: Metrics
  /** Examples at a time; 256 by default. Not for a loader, which has its own. */
  readonly batchSize?: number
}

/**
 * The mean loss and metrics of a model over data, in evaluation mode: no dropout, and no random numbers are drawn. The
 * model's mode is the same afterwards.
 *
 * @throws ArgumentError for an unknown option, or data that are no dataset
 *
 * @example
 * ```ts
 * import { evaluate, Linear, mseLoss, tensor } from 'neurite'
 * import { TensorDataset } from 'neurite/data'
 *
 * const model = new Linear(1, 1)
 * model.loadStateDict({ weight: tensor([[2]]), bias: tensor([0]) })
 * const data = TensorDataset.fromArrays({ inputs: [[1], [2]], targets: [[2], [5]] })
 * const { loss } = await evaluate(model, data, { loss: mseLoss })
 * console.log(loss) // → 0.5
 * ```
 */
export async function evaluate(model: Network, data: Dataset | DataLoader, options: EvaluateOptions): Promise<Scores> {
  const { score } = await loadWithDevice()
  return score(model, data, options)
}
