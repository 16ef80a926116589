import type { DataLoader, Dataset } from '../data/index.ts'
import { ShapeError } from '../errors.ts'
import type { Network } from '../nn/index.ts'
import { compile, noGrad, type Tensor } from '../tensor/index.ts'
import { batchTensors } from './batches.ts'
import { requireData } from './checks.ts'
import { Slices } from '../data/pause.ts'
import type { PredictOptions } from './predict.ts'
import { inEvaluation, loaderOf } from './scoring.ts'

/** Counts for each actual class how often each class was predicted. */
export async function countClasses(
  model: Network,
  data: Dataset | DataLoader,
  options: PredictOptions,
): Promise<number[][]> {
  const { predicted, actual, classes } = await classesOf(model, data, options)
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  for (const [i, label] of actual.entries()) {
    const row = matrix[label]
    if (row !== undefined) row[predicted[i]!]! += 1
  }
  return matrix
}

/** The predicted and the actual class of each example. */
export async function classesOf(
  model: Network,
  data: Dataset | DataLoader,
  { batchSize }: PredictOptions,
): Promise<{ predicted: Int32Array; actual: Int32Array; classes: number }> {
  requireData('predictClasses', data)
  const loader = loaderOf(data, batchSize)
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
