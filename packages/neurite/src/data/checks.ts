import { ArgumentError } from '../errors.ts'
import { allocateExamples } from './dataset.ts'
import type { BatchArray, Dataset } from './dataset.ts'
import { requireFinite, requireLabels } from './field.ts'
import { requireWholeNumber } from './options.ts'

/** Reads the whole dataset in pieces, so that a check needs little memory. */
function forEachPiece(
  dataset: Dataset,
  visit: (piece: { inputs: BatchArray; targets: BatchArray }, start: number) => void,
): void {
  const pieceSize = 512
  for (let start = 0; start < dataset.length; start += pieceSize) {
    const count = Math.min(pieceSize, dataset.length - start)
    const piece = allocateExamples(dataset, count)
    dataset.read(
      Int32Array.from({ length: count }, (_, i) => start + i),
      piece.inputs,
      piece.targets,
    )
    visit(piece, start)
  }
}

/**
 * Looks through all inputs and targets for NaN and infinity. TensorDataset does this by itself; call it for a dataset
 * of your own.
 *
 * @throws DataError that names the example and the feature
 *
 * @example
 * ```ts
 * import { checkFinite, TensorDataset } from 'neurite/data'
 *
 * const inputs = { data: new Float32Array([1, 2, 3, NaN]), shape: [2] }
 * const targets = { data: new Float32Array([0, 1]), shape: [] }
 * const dataset = new TensorDataset({ inputs, targets, check: false })
 * try {
 *   checkFinite(dataset)
 * } catch (error) {
 *   console.log((error as Error).message.split('\n')[0]) // → inputs: NaN in example 1, feature [1]
 * }
 * ```
 */
export function checkFinite(dataset: Dataset): void {
  forEachPiece(dataset, ({ inputs, targets }, start) => {
    requireFinite('inputs', inputs, dataset.inputShape, start)
    requireFinite('targets', targets, dataset.targetShape, start)
  })
}

/**
 * Looks through all targets for values that are no class labels 0 to `classes` - 1.
 *
 * @param classes how many classes there are; left out, the number of class names
 * @throws IndexOutOfRangeError that names the example whose label has no class
 * @throws DataError for a label that is no whole number
 *
 * @example
 * ```ts
 * import { checkLabels, TensorDataset } from 'neurite/data'
 *
 * const dataset = TensorDataset.fromArrays({ inputs: [[1], [2]], labels: [0, 3] })
 * try {
 *   checkLabels(dataset, 3)
 * } catch (error) {
 *   console.log((error as Error).message.split('\n')[0]) // → example 1 has the label 3
 * }
 * ```
 */
export function checkLabels(dataset: Dataset, classes: number | undefined = dataset.classNames?.length): void {
  if (classes === undefined) {
    throw new ArgumentError({
      what: 'checkLabels: how many classes there are is unknown',
      expected: 'a number of classes, or a dataset with class names',
      fix: 'call checkLabels(dataset, 10)',
    })
  }
  requireWholeNumber('checkLabels', 'number of classes', classes, 1)
  forEachPiece(dataset, ({ targets }, start) => requireLabels(targets, dataset.targetShape, classes, start))
}
