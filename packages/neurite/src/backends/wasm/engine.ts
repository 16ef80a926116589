/** What the engine around us can do: its version, fused multiply-add, 256-bit vectors, shared memory. */
import { ModuleBuilder } from './assembler.ts'
import { f32x4, V128 } from './opcodes.ts'

interface NodeProcess {
  readonly versions?: { readonly node?: string; readonly v8?: string }
  getBuiltinModule?(name: string): unknown
}
const { process } = globalThis as { process?: NodeProcess }

/** Major version of V8 in Node, undefined elsewhere. */
export function v8Major(): number | undefined {
  const text = process?.versions?.node === undefined ? undefined : process.versions.v8
  return text === undefined ? undefined : Number.parseInt(text, 10)
}

/** Node's `v8` module, where there is one. */
function nodeV8(): { setFlagsFromString(flag: string): void } | undefined {
  if (process?.versions?.node === undefined) return undefined
  return process.getBuiltinModule?.('node:v8') as { setFlagsFromString(flag: string): void } | undefined
}

/** Sets a flag of V8 for this process and the workers that it starts. */
export function setEngineFlag(flag: string): void {
  nodeV8()?.setFlagsFromString(flag)
}

/** Whether threads can share memory here: always in Node, in browsers only on cross-origin isolated pages. */
export function canShareMemory(): boolean {
  if (typeof SharedArrayBuffer === 'undefined') return false
  if (process?.versions?.node !== undefined) return true
  return (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === true
}

function relaxedSimdProbe(): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder()
  module.function([V128], [V128]).get(0).get(0).get(0).op(f32x4.relaxedMadd)
  return module.build({ shared: false, initialPages: 0, maximumPages: 1 })
}

/** Whether fused multiply-add can be compiled; on Node 20 a flag has to be set first, which only fast mode does. */
export function enableFused(): boolean {
  const probe = relaxedSimdProbe()
  if (WebAssembly.validate(probe)) return true
  setEngineFlag('--experimental-wasm-relaxed-simd')
  return WebAssembly.validate(probe)
}
