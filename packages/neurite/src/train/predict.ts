import type { DataLoader, Dataset } from '../data/index.ts'
import type { Network } from '../nn/index.ts'
import { loadWithDevice } from './load.ts'

export interface PredictOptions {
  /** Examples at a time; 256 by default. */
  readonly batchSize?: number
}

/**
 * The class that a model names for each example: the place of its largest output. In evaluation mode.
 *
 * @throws ShapeError for a model that does not give [batch, classes]
 *
 * @example
 * ```ts
 * import { Linear, predictClasses, tensor } from 'neurite'
 * import { TensorDataset } from 'neurite/data'
 *
 * const model = new Linear(1, 2)
 * model.loadStateDict({ weight: tensor([[1], [-1]]), bias: tensor([0, 0]) })
 * const data = TensorDataset.fromArrays({ inputs: [[3], [-3]], labels: [0, 1] })
 * console.log(await predictClasses(model, data)) // → Int32Array(2) [ 0, 1 ]
 * ```
 */
export async function predictClasses(
  model: Network,
  data: Dataset | DataLoader,
  options: PredictOptions = {},
): Promise<Int32Array> {
  const { classesOf } = await loadWithDevice()
  return (await classesOf(model, data, options)).predicted
}

/**
 * How often each class was taken for each other: `matrix[actual][predicted]`. In evaluation mode.
 *
 * @throws ShapeError for a model that does not give [batch, classes]
 *
 * @example
 * ```ts
 * import { confusionMatrix, Linear, tensor } from 'neurite'
 * import { TensorDataset } from 'neurite/data'
 *
 * const model = new Linear(1, 2)
 * model.loadStateDict({ weight: tensor([[1], [-1]]), bias: tensor([0, 0]) })
 * const data = TensorDataset.fromArrays({ inputs: [[3], [2], [-3]], labels: [0, 1, 1] })
 * console.log(await confusionMatrix(model, data)) // → [ [ 1, 0 ], [ 1, 1 ] ]
 * ```
 */
export async function confusionMatrix(
  model: Network,
  data: Dataset | DataLoader,
  options: PredictOptions = {},
): Promise<number[][]> {
  const { countClasses } = await loadWithDevice()
  return countClasses(model, data, options)
}
