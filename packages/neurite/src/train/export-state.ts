import type { Module } from '../nn/index.ts'
import type { AnyOptimizer } from '../optim/index.ts'
import { whenSettled } from '../tensor/for-modules.ts'
import { takeSnapshot } from './snapshot.ts'

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
export async function exportState(model: Module, optimizer?: AnyOptimizer): Promise<Uint8Array> {
  // Taken before anything is loaded: training may go on meanwhile.
  const snapshot = takeSnapshot(model, optimizer)
  const { encodeModel } = await import('./on-demand.ts')
  await whenSettled()
  return encodeModel(snapshot)
}

/**
 * Puts stored values into a model, exactly as they were; with an optimiser also its slots, options and counts.
 *
 * @throws SafetensorsError for bytes that are no safetensors file
 * @throws StateError where names differ, or where the file holds no state of an optimiser
 * @throws ShapeError where shapes differ
 */
export async function importState(bytes: Uint8Array, model: Module, optimizer?: AnyOptimizer): Promise<void> {
  const { restoreModel } = await import('./on-demand.ts')
  restoreModel(bytes, model, optimizer)
}
