import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { networkNames, networkOf } from './networks.mjs'

/**
 * Writes weights and batches for systems that are not written in JavaScript: NAME.bin holds the numbers one after the
 * other, 4 bytes each, and NAME.json says where each array begins.
 * @param {string} folder
 */
export function writeArrays(folder) {
  mkdirSync(folder, { recursive: true })
  for (const workload of networkNames) {
    const network = networkOf(workload)
    /** @type {Record<string, Record<string, { dtype: string, shape: readonly number[], offset: number }>>} */
    const contents = {}
    /** @type {Uint8Array[]} */
    const parts = []
    let offset = 0
    for (const [group, arrays] of Object.entries(network)) {
      const described = (contents[group] = /** @type {(typeof contents)[string]} */ ({}))
      for (const [name, { shape, data }] of Object.entries(arrays)) {
        described[name] = { dtype: data instanceof Int32Array ? 'int32' : 'float32', shape, offset }
        parts.push(new Uint8Array(data.buffer))
        offset += data.byteLength
      }
    }
    writeFileSync(join(folder, `${workload}.bin`), Buffer.concat(parts))
    writeFileSync(join(folder, `${workload}.json`), JSON.stringify(contents))
  }
}
