/** Draws large arrays of uniform numbers, eight at a time: those of `RandomStream.fillUniform`, bit for bit. */
import type { UniformFiller } from '../../math/random.ts'
import { ModuleBuilder } from './assembler.ts'
import { emitThreefryRounds } from './functions/threefry.ts'
import type { Heap } from './heap.ts'
import { F64, f32x4, f64x2, I32, i32, i32x4, V128 } from './opcodes.ts'

type Fill = (...numbers: number[]) => void

/** Fills arrays that lie in the memory of the heap, and up to seven numbers behind them. */
export function uniformFiller(heap: Heap): UniformFiller {
  let fill: Fill | undefined
  return (out, key0, key1, block, low, high) => {
    if (out.buffer !== heap.memory.buffer) return false
    // A division by a power of two is exact, before the product or after it.
    const scale = (high - low) / 4294967296
    fill ??= make(heap)
    fill(key0, key1, block, Math.ceil(out.length / 8), out.byteOffset, low, scale)
    return true
  }
}

function make({ memory, memoryImport }: Heap): Fill {
  const module = new ModuleBuilder()
  // (key0, key1, first block, groups of eight numbers, address, low, scale)
  const f = module.function([I32, I32, I32, I32, I32, F64, F64])
  const [key0, key1, low, scale, block, x, y, half, last] = f.localsOf(V128, 9) as Nine
  for (const [from, to] of [
    [0, key0],
    [1, key1],
    [2, block],
  ] as const)
    f.get(from).op(i32x4.splat).set(to)
  f.get(5).op(f64x2.splat).set(low).get(6).op(f64x2.splat).set(scale)
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
      f.get(4)
      number(half)
      number(last)
      f.shuffle32(0, 1, 4, 5).mem('v128Store', 8 * first)
    }
    f.get(block).i32x4(4).op(i32x4.add).set(block)
    f.get(4).i32(32).op(i32.add).set(4)
    f.get(3).i32(1).op(i32.sub).tee(3).branchIf(0)
  })
  module.export('fill', f)
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.build(memoryImport)), { env: { memory } })
  return instance.exports['fill'] as Fill
}

type Nine = [number, number, number, number, number, number, number, number, number]
