import type { FunctionBuilder, Local } from '../assembler.ts'
import { i32x4, V128, v128 } from '../opcodes.ts'

const rotations = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
] as const

/** Threefry-2x32, 20 rounds, of the counters (x, y), which become its two words. Source: Salmon et al., SC 2011. */
export function emitThreefryRounds(f: FunctionBuilder, key0: Local, key1: Local, x: Local, y: Local): void {
  const key2 = f.local(V128)
  f.get(key0).get(key1).op(v128.xor).get(f.constant('i32x4', 0x1bd11bda)).op(v128.xor).set(key2)
  f.get(x).get(key0).op(i32x4.add).set(x)
  f.get(y).get(key1).op(i32x4.add).set(y)
  const keys = [key0, key1, key2]
  for (let group = 1; group <= 5; group++) {
    for (const distance of rotations[(group - 1) % 2]!) {
      f.get(x).get(y).op(i32x4.add).set(x)
      f.get(y)
        .i32(distance)
        .op(i32x4.shl)
        .get(y)
        .i32(32 - distance)
        .op(i32x4.shrU, v128.or)
      f.get(x).op(v128.xor).set(y)
    }
    f.get(x)
      .get(keys[group % 3]!)
      .op(i32x4.add)
      .set(x)
    f.get(y)
      .get(keys[(group + 1) % 3]!)
      .op(i32x4.add)
      .get(f.constant('i32x4', group))
      .op(i32x4.add)
      .set(y)
  }
}
