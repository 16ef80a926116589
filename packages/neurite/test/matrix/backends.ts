import { ReferenceBackend } from '../../src/backends/reference/index.ts'
import { WasmBackend } from '../../src/backends/wasm/backend.ts'
import type { Backend } from '../../src/compiler/program.ts'

export interface MatrixBackend {
  readonly name: string
  /** Whether it computes in float64, so that only the results are rounded. */
  readonly exact: boolean
  readonly backend: Backend
}

/** Every backend of the library: a new one is a line here. */
export const backends: readonly MatrixBackend[] = [
  { name: 'reference', exact: true, backend: new ReferenceBackend() },
  { name: 'wasm', exact: false, backend: new WasmBackend({ threads: 1 }) },
]
