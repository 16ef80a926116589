/**
 * What the runtime hands to a backend, and what it gets back. A graph program is closed: every leaf is a constant, an
 * iota or a `binding`, so that one compiled program serves every graph of the same structure.
 */
import type { HostArray, Node, TensorType } from '../graph/node.ts'

// Backends know the graph's types by way of the compiler.
export { elementCount } from '../graph/node.ts'
export { scanRegions } from '../graph/scan.ts'
export type { BindingAttributes, Combiner, DType, HostArray, ScalarFunction, TensorType } from '../graph/node.ts'

/** What a binding is filled with when the program runs. */
export type BindingKind = 'data' | 'scalar' | 'state'

export interface BindingDeclaration {
  readonly kind: BindingKind
  readonly type: TensorType
}

export interface GraphProgram {
  readonly bindings: readonly BindingDeclaration[]
  /** Values copied out to the host after each run. */
  readonly outputs: readonly Node[]
  /** State bindings that the program writes at its end; all reads of a state see the value before the run. */
  readonly assignments: readonly { readonly binding: number; readonly value: Node }[]
}

/** Memory of one state on one backend. */
export interface StateStorage {
  readonly type: TensorType
  /** A copy of the values. */
  read(): HostArray
  /** A copy in float64, where the backend computes in it. */
  readExact?(): Float64Array
  write(values: HostArray): void
  /** The values themselves, where first values can be drawn in place; not to be kept. */
  memory?(): HostArray
  /** Gives the memory back; using the storage afterwards throws. */
  free(): void
}

/** data: host array of the declared length; scalar: number; state: storage made by the same backend. */
export type BindingValue = HostArray | number | StateStorage

export interface Executable {
  /**
   * Runs the whole program synchronously. The returned arrays are fresh copies (float32 -> Float32Array, int32 -> Int32Array,
   * uint8 and bool -> Uint8Array).
   */
  run(bindings: readonly BindingValue[]): HostArray[]
  /** How the program looks inside: kernels, buffers, bytes. For people and tests. */
  describe(): string
  free(): void
}

export interface Backend {
  readonly name: string
  compile(program: GraphProgram): Executable
  createState(type: TensorType, initial?: HostArray): StateStorage
}
