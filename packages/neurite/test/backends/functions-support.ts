import { setFlagsFromString } from 'node:v8'
import { ModuleBuilder } from '../../src/backends/wasm/assembler.ts'
import type { FunctionBuilder, Local } from '../../src/backends/wasm/assembler.ts'
import { I32, i32, V128 } from '../../src/backends/wasm/opcodes.ts'

// Node 20 keeps relaxed SIMD behind this flag; newer versions have it switched on.
if (Number(process.versions.node.split('.')[0]) < 22) setFlagsFromString('--experimental-wasm-relaxed-simd')

/** Elements that one call of a kernel may treat. */
export const CAPACITY = 1 << 14

export interface Kernel {
  readonly inputs: readonly Float32Array[]
  readonly output: Float32Array
  /** Applies the function to the first `count` elements, a multiple of 8. */
  run: (count: number) => void
}

/** Compiles a loop, unrolled by two, over the vectors of one or more inputs. */
export function compileKernel(
  inputCount: number,
  emit: (f: FunctionBuilder, inputs: readonly Local[]) => void,
): Kernel {
  const bytes = 4 * CAPACITY
  const pages = Math.ceil(((inputCount + 1) * bytes) / 65536)
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages })
  const builder = new ModuleBuilder()
  const f = builder.function([I32])
  const position = f.local(I32)
  f.loop(() => {
    // Both stores last: V8 joins neighbouring vectors into wider ones only in this order.
    const results = [0, 1].map((vector) => {
      const inputs = f.localsOf(V128, inputCount)
      const result = f.local(V128)
      inputs.forEach((input, i) =>
        f
          .get(position)
          .mem('v128Load', i * bytes + 16 * vector)
          .set(input),
      )
      emit(f, inputs)
      f.set(result)
      return result
    })
    results.forEach((result, vector) =>
      f
        .get(position)
        .get(result)
        .mem('v128Store', inputCount * bytes + 16 * vector),
    )
    f.get(position).i32(32).op(i32.add).tee(position).get(0).op(i32.ltU).branchIf(0)
  })
  builder.export('run', f)
  const module = new WebAssembly.Module(builder.build({ shared: false, initialPages: pages, maximumPages: pages }))
  const run = new WebAssembly.Instance(module, { env: { memory } }).exports['run'] as (byteCount: number) => void
  const array = (index: number): Float32Array => new Float32Array(memory.buffer, index * bytes, CAPACITY)
  return {
    inputs: Array.from({ length: inputCount }, (_, i) => array(i)),
    output: array(inputCount),
    run: (count) => run(4 * count),
  }
}

const view = new DataView(new ArrayBuffer(8))

/** Distance of a float32 from the true value, in units of the last place of float32 there (denormals included). */
export function ulpError(actual: number, exact: number): number {
  if (Number.isNaN(exact)) return Number.isNaN(actual) ? 0 : Infinity
  if (Number.isNaN(actual)) return Infinity
  // Infinity takes the place of the first number too large for float32.
  const limit = 2 ** 128
  const target = Math.max(-limit, Math.min(limit, exact))
  const found = Math.max(-limit, Math.min(limit, actual))
  view.setFloat64(0, target)
  const exponent = Math.max(-126, Math.min(127, ((view.getInt32(0) >> 20) & 0x7ff) - 1023))
  return Math.abs(found - target) / 2 ** (exponent - 23)
}

export interface WorstCase {
  ulps: number
  input: number
  actual: number
  exact: number
}

/** Walks through the float32 bit patterns from `first` to `last` in steps of `stride`, and finds the largest error. */
export function sweep(
  kernel: Kernel,
  oracle: (x: number) => number,
  stride: number,
  first = 0,
  last = 2 ** 32 - 1,
): WorstCase {
  const worst: WorstCase = { ulps: 0, input: 0, actual: 0, exact: 0 }
  const input = kernel.inputs[0]!
  const patterns = new Uint32Array(input.buffer, input.byteOffset, input.length)
  for (let start = first; start <= last; start += CAPACITY * stride) {
    for (let i = 0; i < CAPACITY; i++) patterns[i] = Math.min(start + i * stride, last)
    kernel.run(CAPACITY)
    for (let i = 0; i < CAPACITY; i++) {
      const exact = oracle(input[i]!)
      const ulps = ulpError(kernel.output[i]!, exact)
      if (ulps > worst.ulps) Object.assign(worst, { ulps, input: input[i]!, actual: kernel.output[i]!, exact })
    }
  }
  return worst
}
