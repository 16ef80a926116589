import { expect, test } from 'vitest'
import { WasmBackend } from '../../src/backends/wasm/backend.ts'
import * as ops from '../../src/ops/index.ts'

test('every NaN that leaves the device has the same bits', () => {
  const backend = new WasmBackend({ threads: 1 })
  for (const length of [3, 100]) {
    const type = { shape: [length], dtype: 'float32' } as const
    const odd = new Float32Array(Int32Array.from({ length }, (_, i) => 0x7fc00001 + i).buffer)
    const state = backend.createState(type, odd)
    const read = ops.binding({ index: 0, type })
    const program = { bindings: [{ kind: 'state' as const, type }], outputs: [ops.neg(read)], assignments: [] }
    const [output] = backend.compile(program).run([state])
    for (const values of [state.read(), output!]) {
      expect([...new Int32Array(values.buffer)]).toEqual(Array.from({ length }, () => 0x7fc00000))
    }
  }
})
