/** A state's block in the WebAssembly memory. Every element takes four bytes: bool and uint8 are kept as int32. */
import { StateError } from '../../errors.ts'
import { elementCount } from '../../compiler/program.ts'
import type { HostArray, StateStorage, TensorType } from '../../compiler/program.ts'
import { canonicalNaN } from '../../math/canonical-nan.ts'
import type { Heap } from './heap.ts'

/** Up to this many elements a loop beats a call into the engine. */
const smallCopy = 32

/** A copy of device values as the host keeps them. */
export function readElements(heap: Heap, address: number, type: TensorType, elements: number): HostArray {
  const start = address >>> 2
  const { dtype } = type
  if (dtype !== 'float32' && dtype !== 'int32') return Uint8Array.from(heap.int32.subarray(start, start + elements))
  if (dtype === 'int32') return heap.int32.slice(start, start + elements)
  if (elements > smallCopy) return heap.float32.slice(start, start + elements)
  const copy = new Float32Array(elements)
  for (let i = 0; i < elements; i++) copy[i] = heap.float32[start + i]!
  return copy
}

/** Writes values at a byte address; `target` is the heap's view for their dtype. */
export function writeElements(target: Float32Array | Int32Array, address: number, values: HostArray): void {
  const start = address >>> 2
  if (values.length <= smallCopy) for (let i = 0; i < values.length; i++) target[start + i] = values[i]!
  else target.set(values, start)
}

export class WasmState implements StateStorage {
  readonly type: TensorType
  private readonly heap: Heap
  private readonly elements: number
  private block: number

  constructor(heap: Heap, type: TensorType, initial?: HostArray) {
    this.heap = heap
    this.type = type
    this.elements = elementCount(type.shape)
    this.block = heap.allocate(4 * this.elements + 64, `a tensor of shape [${type.shape.join(', ')}]`)
    if (initial) this.write(initial)
  }

  get address(): number {
    if (this.block < 0) {
      throw new StateError({
        what: `a tensor of shape [${this.type.shape.join(', ')}] was used after its memory had been given back`,
        expected: 'a tensor that is still in use',
        fix: 'do not use a model after model.free()',
      })
    }
    return this.block
  }

  read(): HostArray {
    return canonicalNaN(readElements(this.heap, this.address, this.type, this.elements))
  }

  write(values: HostArray): void {
    if (values.length !== this.elements) {
      throw new StateError({
        what: `${values.length} values were written to a tensor of shape [${this.type.shape.join(', ')}]`,
        expected: `${this.elements} values`,
        fix: 'pass as many values as the tensor has elements',
      })
    }
    writeElements(this.type.dtype === 'float32' ? this.heap.float32 : this.heap.int32, this.address, values)
  }

  memory(): HostArray {
    const { float32, int32 } = this.heap
    const start = this.address >>> 2
    return (this.type.dtype === 'float32' ? float32 : int32).subarray(start, start + this.elements)
  }

  free(): void {
    if (this.block < 0) return
    this.heap.release(this.block)
    this.block = -1
  }
}
