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

/** One of Node's own modules, or undefined elsewhere. Asked for at run time, so that one bundle serves browsers too. */
export function nodeModule(name: string): unknown {
  return process?.versions?.node === undefined ? undefined : process.getBuiltinModule?.(name)
}

/** Sets a flag of V8 for this process and the workers that it starts; does nothing outside Node. */
export function setEngineFlag(flag: string): void {
  const v8 = nodeModule('node:v8') as { setFlagsFromString(flag: string): void } | undefined
  v8?.setFlagsFromString(flag)
}

/** Cores that this process may use. */
export function availableCores(): number {
  const os = nodeModule('node:os') as { availableParallelism(): number } | undefined
  const { navigator } = globalThis as { navigator?: { readonly hardwareConcurrency?: number } }
  return os?.availableParallelism() ?? navigator?.hardwareConcurrency ?? 1
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
