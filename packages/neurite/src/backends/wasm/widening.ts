/**
 * 256-bit vectors from 128-bit code: V8 13 and later can merge pairs of operations (an experimental flag). It is used
 * only after a contraction computed with it equals, bit for bit, the same one computed without.
 */
import { ModuleBuilder } from './assembler.ts'
import { emitContraction } from './contract/index.ts'
import type { EngineTraits } from './contract/index.ts'
import { setEngineFlag, v8Major } from './engine.ts'

const [m, n, k] = [24, 64, 64]
/** Enough calls for the optimising compiler to have replaced the first code. */
const enoughCalls = 400

let outcome: boolean | undefined

/** Turns widening on where it works; whether it does. */
export function enableWidening(): boolean {
  outcome ??= check()
  return outcome
}

function check(): boolean {
  const version = v8Major()
  if (version === undefined || version < 13) return false
  const plain = product({ tile: '4x8', widened: false }, 1)
  setEngineFlag('--experimental-wasm-revectorize')
  const wide = product({ tile: '5x16', widened: true }, enoughCalls)
  const equal = plain.every((value, i) => Object.is(value, wide[i]))
  if (!equal) setEngineFlag('--no-experimental-wasm-revectorize')
  return equal
}

function product(engine: EngineTraits, calls: number): Float32Array {
  const module = new ModuleBuilder()
  const spec = { m, n, k, batch: [], aRow: k, aDepth: 1, bDepth: n, bColumn: 1, cRow: n }
  const contraction = emitContraction(module, spec, { fused: false, engine })
  module.export('contract', contraction.function)
  const memory = new WebAssembly.Memory({ initial: 4, maximum: 4 })
  const bytes = module.build({ shared: false, initialPages: 1, maximumPages: 4 })
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } })
  const run = instance.exports['contract'] as (...addresses: number[]) => void
  const values = new Float32Array(memory.buffer)
  const [a, b, c] = [64, 64 + m * k, 64 + m * k + k * n]
  for (let i = a; i < c; i++) values[i] = ((i * 7919) % 1021) / 1021 - 0.5
  const scratch = 4 * (c + m * n)
  for (let i = 0; i < calls; i++) run(4 * a, 4 * b, 4 * c, scratch, 0, contraction.units)
  return values.slice(c, c + m * n)
}
