import { ReferenceBackend } from '../../src/backends/reference/index.ts'
import type { Backend } from '../../src/compiler/program.ts'

export interface MatrixBackend {
  readonly name: string
  /** Whether it computes in float64, so that only the results are rounded. */
  readonly exact: boolean
  readonly create: () => Backend
}

/** Every backend of the library: a new one is a line here. */
export const backends: readonly MatrixBackend[] = [
  { name: 'reference', exact: true, create: () => new ReferenceBackend() },
]
