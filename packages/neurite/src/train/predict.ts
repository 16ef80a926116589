import { DataLoader } from '../data/data-loader.ts'
import type { Dataset } from '../data/dataset.ts'
import { ShapeError } from '../errors.ts'
import type { Network } from '../nn/index.ts'
import { compile, noGrad, type Tensor } from '../tensor/index.ts'
import { batchTensors, isLoader, requireData } from './batches.ts'
import { inEvaluation } from './evaluate.ts'
import { Slices } from './pause.ts'

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
  const { predicted } = await classesOf(model, data, options)
  return predicted
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
  const { predicted, actual, classes } = await classesOf(model, data, options)
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  for (const [i, label] of actual.entries()) {
    const row = matrix[label]
    if (row !== undefined) row[predicted[i]!]! += 1
  }
  return matrix
}

async function classesOf(
  model: Network,
  data: Dataset | DataLoader,
  { batchSize = 256 }: PredictOptions,
): Promise<{ predicted: Int32Array; actual: Int32Array; classes: number }> {
  requireData('predictClasses', data)
  const loader = isLoader(data) ? data : new DataLoader(data, { batchSize })
  let classes = 0
  const program = compile((x: Tensor) => {
    const output = model.forward(x)
    if (output.rank !== 2) throw noClasses(output)
    classes = output.shape[1]!
    return output.argmax(1)
  })
  const predicted = new Int32Array(loader.examples)
  const actual = new Int32Array(loader.examples)
  let place = 0
  try {
    await inEvaluation(model, async () => {
      const slices = new Slices()
      loader.restore({ epoch: 0, position: 0 })
      for (const batch of loader) {
        const [x] = batchTensors(batch)
        predicted.set(noGrad(() => program(x)).hostValues(), place)
        actual.set(batch.targets.subarray(0, batch.size), place)
        place += batch.size
        await slices.pause()
      }
    })
  } finally {
    program.free()
  }
  return { predicted, actual, classes }
}

function noClasses(output: Tensor): ShapeError {
  return new ShapeError({
    what: `predictClasses: the model gives tensors of shape [${output.shape.join(', ')}]`,
    expected: '[batch, classes]',
    fix: 'pass a classifier with one output per class',
  })
}
