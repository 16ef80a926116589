import { StateError } from '../errors.ts'
import type { Module } from '../nn/index.ts'
import type { AnyOptimizer } from '../optim/index.ts'
import { decodeModel, encodeModel } from './stored-bytes.ts'

/**
 * All parameters and buffers of a model as the bytes of a safetensors file, exactly; with an optimiser also its slots,
 * options and counts. Files of a model alone can be read by PyTorch's `safetensors`.
 *
 * @example
 * ```ts
 * import { exportState, importState, Linear } from 'neurite'
 *
 * const bytes = await exportState(new Linear(2, 1))
 * const model = new Linear(2, 1)
 * await importState(bytes, model)
 * console.log(bytes.length > 0) // → true
 * ```
 */
export function exportState(model: Module, optimizer?: AnyOptimizer): Promise<Uint8Array> {
  return Promise.resolve(encodeModel(model, optimizer))
}

/**
 * Puts stored values into a model, exactly as they were; with an optimiser also its slots, options and counts.
 *
 * @throws SafetensorsError for bytes that are no safetensors file
 * @throws StateError where names differ, or where the file holds no state of an optimiser
 * @throws ShapeError where shapes differ
 */
export function importState(bytes: Uint8Array, model: Module, optimizer?: AnyOptimizer): Promise<void> {
  return Promise.resolve().then(() => {
    const stored = decodeModel(bytes)
    if (optimizer !== undefined && stored.optimizer === undefined) {
      throw new StateError({
        what: 'importState: the file holds no state of an optimiser',
        expected: 'a file that exportState(model, optimizer) gave',
        fix: 'import the model alone, or export it together with its optimiser',
      })
    }
    model.loadStateDict(stored.weights)
    if (optimizer !== undefined) optimizer.loadStateDict(stored.optimizer!)
  })
}
