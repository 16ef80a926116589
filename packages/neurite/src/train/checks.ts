import type { DataLoader, Dataset } from '../data/index.ts'
import { ArgumentError } from '../errors.ts'

/** True for a loader; false for a dataset. */
export function isLoader(data: Dataset | DataLoader): data is DataLoader {
  return 'batchSize' in data
}

/** Throws ArgumentError unless `data` is a dataset or a loader. */
export function requireData(where: string, data: unknown): asserts data is Dataset | DataLoader {
  if (typeof data === 'object' && data !== null && 'length' in data) {
    // A loader is told by what it has: its class is not loaded before it is needed.
    if ('batchSize' in data && 'restore' in data) return
    if ('read' in data && 'inputShape' in data) return
  }
  throw new ArgumentError({
    what: `${where}: the data are ${data === null || typeof data !== 'object' ? String(data) : 'no dataset'}`,
    expected: 'a dataset or a DataLoader',
    fix: 'make one: TensorDataset.fromArrays({ inputs, labels })',
  })
}

/** Throws ArgumentError unless `loss` is a function. */
export function requireLoss(where: string, loss: unknown): void {
  if (typeof loss === 'function') return
  throw new ArgumentError({
    what: `${where}: the loss is ${String(loss)}`,
    expected: 'a function of output and target, such as crossEntropy',
    fix: `pass { loss: crossEntropy }`,
  })
}
