/** Draws large arrays of random words, eight at a time: those of `RandomStream.fillBits`. */
import type { WordFiller } from '../../math/random.ts'
import { ModuleBuilder } from './assembler.ts'
import { emitThreefryRounds } from './functions/threefry.ts'
import type { Heap } from './heap.ts'
import { I32, i32, i32x4, V128 } from './opcodes.ts'

type Fill = (key0: number, key1: number, block: number, groups: number, address: number) => void

/** Fills arrays that lie in the memory of the heap, and up to seven words behind them. */
export function wordFiller(heap: Heap): WordFiller {
  let fill: Fill | undefined
  return (out, key0, key1, block) => {
    if (out.buffer !== heap.memory.buffer) return false
    fill ??= make(heap)
    fill(key0, key1, block, Math.ceil(out.length / 8), out.byteOffset)
    return true
  }
}

function make({ memory, memoryImport }: Heap): Fill {
  const module = new ModuleBuilder()
  const f = module.function([I32, I32, I32, I32, I32])
  const [key0, key1, block, x, y] = f.localsOf(V128, 5) as [number, number, number, number, number]
  for (const [i, vector] of [key0, key1, block].entries()) f.get(i).op(i32x4.splat).set(vector)
  f.get(block).i32x4(0, 1, 2, 3).op(i32x4.add).set(block)
  f.loop(() => {
    f.get(block).set(x).i32x4(0).set(y)
    emitThreefryRounds(f, key0, key1, x, y)
    for (const first of [0, 2])
      f.get(4)
        .get(x)
        .get(y)
        .shuffle32(first, first + 4, first + 1, first + 5)
        .mem('v128Store', 8 * first)
    f.get(block).i32x4(4).op(i32x4.add).set(block)
    f.get(4).i32(32).op(i32.add).set(4)
    f.get(3).i32(1).op(i32.sub).tee(3).branchIf(0)
  })
  module.export('fill', f)
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.build(memoryImport)), { env: { memory } })
  return instance.exports['fill'] as Fill
}
