import { expect, test } from 'vitest'
import { WasmBackend } from '../../src/backends/wasm/backend.ts'
import { tensor } from '../../src/tensor/index.ts'

const canonical = (length: number): number[] => Array.from({ length }, () => 0x7fc00000)
const oddNaNs = (length: number): Float32Array =>
  new Float32Array(Int32Array.from({ length }, (_, i) => 0x7fc00001 + i).buffer)

test('every NaN of a state that is read has the same bits', () => {
  const backend = new WasmBackend({ threads: 1 })
  for (const length of [3, 100]) {
    const state = backend.createState({ shape: [length], dtype: 'float32' }, oddNaNs(length))
    expect([...new Int32Array(state.read().buffer)]).toEqual(canonical(length))
  }
})

test('every NaN of computed values that are read has the same bits', async () => {
  for (const length of [3, 100]) {
    const values = await tensor(oddNaNs(length)).neg().data()
    expect([...new Int32Array(values.buffer)]).toEqual(canonical(length))
  }
})
