/** Draws large arrays of uniform numbers, eight at a time: those of `RandomStream.fillUniform`, bit for bit. */
import type { UniformFiller } from '../../math/random.ts'
import { ModuleBuilder } from './assembler.ts'
import { emitThreefryRounds } from './functions/threefry.ts'
import { F64, f32x4, f64x2, I32, i32, i32x4, V128 } from './opcodes.ts'

/** Numbers per call: half of a page. */
const most = 8192

type Fill = (key0: number, key1: number, block: number, count: number, low: number, scale: number) => void

/** A function that makes its module at the first call. */
export function uniformFiller(): UniformFiller {
  let made: { readonly fill: Fill; readonly numbers: Float32Array } | undefined
  return (out, key0, key1, block, low, high) => {
    const { fill, numbers } = (made ??= make())
    // A division by a power of two is exact, before the product or after it.
    const scale = (high - low) / 4294967296
    for (let start = 0; start < out.length; start += most) {
      const count = Math.min(most, out.length - start)
      fill(key0, key1, block + start / 2, Math.ceil(count / 8), low, scale)
      out.set(count < most ? numbers.subarray(0, count) : numbers, start)
    }
  }
}

function make(): { fill: Fill; numbers: Float32Array } {
  const module = new ModuleBuilder()
  // (key0, key1, first block, groups of eight numbers, low, scale)
  const f = module.function([I32, I32, I32, I32, F64, F64])
  const [key0, key1, low, scale, block, x, y, half, last] = f.localsOf(V128, 9) as Nine
  const at = f.local(I32)
  for (const [from, to] of [
    [0, key0],
    [1, key1],
    [2, block],
  ] as const)
    f.get(from).op(i32x4.splat).set(to)
  f.get(4).op(f64x2.splat).set(low).get(5).op(f64x2.splat).set(scale)
  f.get(block).i32x4(0, 1, 2, 3).op(i32x4.add).set(block)
  const number = (words: number): void => {
    f.get(words).op(f64x2.convertLowI32x4U).get(scale).op(f64x2.mul).get(low).op(f64x2.add, f32x4.demoteF64x2Zero)
  }
  f.loop(() => {
    f.get(block).set(x).i32x4(0).set(y)
    emitThreefryRounds(f, key0, key1, x, y)
    for (const first of [0, 2]) {
      f.get(x)
        .get(y)
        .shuffle32(first, first + 4, first + 1, first + 5)
        .tee(half)
        .get(half)
        .shuffle32(2, 3, 2, 3)
        .set(last)
      f.get(at)
      number(half)
      number(last)
      f.shuffle32(0, 1, 4, 5).mem('v128Store', 8 * first)
    }
    f.get(block).i32x4(4).op(i32x4.add).set(block)
    f.get(at).i32(32).op(i32.add).set(at)
    f.get(3).i32(1).op(i32.sub).tee(3).branchIf(0)
  })
  module.export('fill', f)
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 })
  const bytes = module.build({ shared: false, initialPages: 1, maximumPages: 1 })
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } })
  return { fill: exports['fill'] as Fill, numbers: new Float32Array(memory.buffer, 0, most) }
}

type Nine = [number, number, number, number, number, number, number, number, number]
