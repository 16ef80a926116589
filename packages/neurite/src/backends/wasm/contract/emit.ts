import type { FunctionBuilder, FunctionReference, Local, ModuleBuilder } from '../assembler.ts'
import { control, f32x4, i32 } from '../opcodes.ts'

const caches = new WeakMap<ModuleBuilder, Map<string, FunctionReference>>()

/** The function of this module under `key`, made at its first use: contractions of one module share their parts. */
export function shared(module: ModuleBuilder, key: string, make: () => FunctionReference): FunctionReference {
  let cache = caches.get(module)
  if (!cache) caches.set(module, (cache = new Map()))
  let found = cache.get(key)
  if (!found) cache.set(key, (found = make()))
  return found
}

/** target = target + amount, where the amount is known when the code is written. */
export function advance(f: FunctionBuilder, target: Local, amount: number): void {
  if (amount !== 0) f.get(target).i32(amount).op(i32.add).set(target)
}

/** Runs `body` until `index` reaches `limit`; the body must not change either. Does nothing where index >= limit. */
export function countUp(f: FunctionBuilder, index: Local, limit: Local, body: () => void): void {
  f.get(index).get(limit).op(i32.ltS)
  f.if(() => {
    f.loop(() => {
      body()
      f.get(index).i32(1).op(i32.add).tee(index).get(limit).op(i32.ltS).branchIf(0)
    })
  })
}

/** target = min(left, right), both on the stack as locals or constants. */
export function minimum(f: FunctionBuilder, target: Local, left: Local, right: Local): void {
  f.get(left).get(right).get(left).get(right).op(i32.ltS, control.select).set(target)
}

/** The product of the two vectors on the stack is added to `sum`; fused or rounded twice. */
export function multiplyAdd(f: FunctionBuilder, a: Local, b: Local, sum: Local, fused: boolean): void {
  f.get(a).get(b)
  if (fused) f.get(sum).op(f32x4.relaxedMadd)
  else f.op(f32x4.mul).get(sum).op(f32x4.add)
  f.set(sum)
}

/** Steps of k in one round of the loops over k. */
export const unroll = 4

/**
 * Runs `step` `count` times (at least once) and destroys `count`; `step(depth)` works at `depth` steps past the pointers and
 * `advanceAll` moves the pointers over `steps` steps. Each step ends in a branch out of the loop: without it V8 before 13 moves
 * the loads of all the steps to the start of the loop and runs out of registers.
 */
export function loopOverDepth(
  f: FunctionBuilder,
  count: Local,
  steps: number,
  step: (depth: number) => void,
  advanceAll: () => void,
): void {
  f.block(() => {
    f.loop(() => {
      for (let depth = 0; depth < steps; depth++) {
        step(depth)
        f.get(count).i32(1).op(i32.sub).tee(count).op(i32.eqz).branchIf(1)
      }
      advanceAll()
      f.branch(0)
    })
  })
}

/** Stores the first `lanes` lanes of a vector. */
export function storeLanes(f: FunctionBuilder, address: Local, vector: Local, lanes: number, offset: number): void {
  if (lanes >= 4) {
    f.get(address).get(vector).mem('v128Store', offset)
    return
  }
  if (lanes >= 2) f.get(address).get(vector).memLane('v128Store64Lane', 0, offset)
  if (lanes % 2 === 1)
    f.get(address)
      .get(vector)
      .memLane('v128Store32Lane', lanes - 1, offset + 4 * (lanes - 1))
}

/** Pushes a vector whose first `lanes` lanes come from memory; reads nothing beyond them. */
export function loadLanes(f: FunctionBuilder, address: Local, lanes: number, offset: number): void {
  if (lanes === 3) {
    f.get(address).get(address).mem('v128Load64Zero', offset)
    f.memLane('v128Load32Lane', 2, offset + 8)
  } else {
    f.get(address)
    f.mem(lanes >= 4 ? 'v128Load' : lanes === 2 ? 'v128Load64Zero' : 'v128Load32Zero', offset)
  }
}

/** Transposes four vectors of four lanes in place; `spare` are four more locals. */
export function transpose(f: FunctionBuilder, rows: readonly Local[], spare: readonly Local[]): void {
  const [a, b, c, d] = rows as [Local, Local, Local, Local]
  const [e, g, h, i] = spare as [Local, Local, Local, Local]
  f.get(a).get(b).shuffle32(0, 4, 1, 5).set(e)
  f.get(a).get(b).shuffle32(2, 6, 3, 7).set(g)
  f.get(c).get(d).shuffle32(0, 4, 1, 5).set(h)
  f.get(c).get(d).shuffle32(2, 6, 3, 7).set(i)
  f.get(e).get(h).shuffle32(0, 1, 4, 5).set(a)
  f.get(e).get(h).shuffle32(2, 3, 6, 7).set(b)
  f.get(g).get(i).shuffle32(0, 1, 4, 5).set(c)
  f.get(g).get(i).shuffle32(2, 3, 6, 7).set(d)
}

/** Rows cut into blocks of nearly equal height: `tall` blocks of `height` rows, the rest one row lower. */
export interface RowBlocks {
  readonly height: number
  readonly tall: number
  readonly count: number
}

export function rowBlocks(m: number, limit: number): RowBlocks {
  const count = Math.max(1, Math.ceil(m / limit))
  const height = Math.ceil(m / count)
  return { height, tall: count - (count * height - m), count }
}

/** Pushes the first row of block `block`: block * (height - 1) + min(block, tall). */
export function blockStart(f: FunctionBuilder, block: Local, height: number, tall: () => void): void {
  f.get(block)
    .i32(height - 1)
    .op(i32.mul)
  f.get(block)
  tall()
  f.get(block)
  tall()
  f.op(i32.ltS, control.select, i32.add)
}
