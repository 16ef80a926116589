import { asBytes } from './bytes.ts'
import type { Bytes } from './bytes.ts'
import { readNpy } from './npy.ts'
import type { StoredArray } from './stored-array.ts'
import { readZip } from './zip.ts'

/**
 * Reads the arrays of an npz file (`numpy.savez`, `numpy.savez_compressed`), by name. Each is read as `readNpy` does.
 *
 * @throws FileFormatError for a damaged archive, and as `readNpy`
 *
 * @example
 * ```ts
 * import { readNpz } from 'neurite/formats'
 *
 * // An archive without files is 22 bytes long.
 * const empty = new Uint8Array(22)
 * empty.set([0x50, 0x4b, 5, 6])
 * console.log((await readNpz(empty)).size) // → 0
 * ```
 */
export async function readNpz(file: Bytes): Promise<Map<string, StoredArray>> {
  const arrays = new Map<string, StoredArray>()
  for (const [name, bytes] of await readZip(asBytes(file))) {
    arrays.set(name.replace(/\.npy$/, ''), readNpy(bytes))
  }
  return arrays
}
