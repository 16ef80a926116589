import { type Batch, DataLoader } from '../data/data-loader.ts'
import type { Dataset } from '../data/dataset.ts'
import { ArgumentError } from '../errors.ts'
import { fromData, type Tensor } from '../tensor/index.ts'

/** The inputs and targets of a batch, over its own arrays. */
export function batchTensors({ inputs, targets, inputShape, targetShape }: Batch): readonly [Tensor, Tensor] {
  return [fromData(inputs, inputShape), fromData(targets, targetShape)]
}

/** The only number of a tensor whose values are there already. */
export function numberOf(tensor: Tensor): number {
  return tensor.hostValues()[0]!
}

/** True for a loader; false for a dataset. */
export function isLoader(data: Dataset | DataLoader): data is DataLoader {
  return data instanceof DataLoader
}

/** Throws ArgumentError unless `data` is a dataset or a loader. */
export function requireData(where: string, data: unknown): asserts data is Dataset | DataLoader {
  if (data instanceof DataLoader) return
  if (typeof data === 'object' && data !== null && 'read' in data && 'length' in data && 'inputShape' in data) return
  throw new ArgumentError({
    what: `${where}: the data are ${data === null || typeof data !== 'object' ? String(data) : 'no dataset'}`,
    expected: 'a dataset or a DataLoader',
    fix: 'make one: TensorDataset.fromArrays({ inputs, labels })',
  })
}
