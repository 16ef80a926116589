import type { FunctionBuilder, FunctionReference, Local, ModuleBuilder } from '../assembler.ts'
import { I32, i32 } from '../opcodes.ts'
import type { Body, ContractionOptions } from './body.ts'
import { directBody } from './direct.ts'
import { dotBody } from './dot.ts'
import { minimum } from './emit.ts'
import { packedBody } from './packed.ts'
import { isDot, normalise } from './specification.ts'
import type { BatchLoop, ContractionSpec } from './specification.ts'

export interface Contraction {
  /**
   * (a, b, c, scratch, lo, hi), all i32: byte addresses of the operands and of `scratchBytes` that belong to the caller's
   * thread alone, and the range of work units to do. May read up to 16 bytes past the end of A and B.
   */
  readonly function: FunctionReference
  /** Units of work that threads may divide among themselves; no division changes a bit of the result. */
  readonly units: number
  readonly scratchBytes: number
}

/** Writes a function that computes one contraction of fixed shapes and strides. */
export function emitContraction(
  module: ModuleBuilder,
  spec: ContractionSpec,
  options: ContractionOptions,
): Contraction {
  const { spec: normal, swapped } = normalise(spec)
  const batches = normal.batch.reduce((product, loop) => product * loop.size, 1)
  if (normal.m === 0 || normal.n === 0 || batches === 0) {
    return { function: module.function([I32, I32, I32, I32, I32, I32]), units: 0, scratchBytes: 0 }
  }
  const body = chooseBody(module, normal, options)
  const f = module.function([I32, I32, I32, I32, I32, I32])
  const [c, scratch, lo, hi] = [2, 3, 4, 5] as const
  const [a, b] = swapped ? ([1, 0] as const) : ([0, 1] as const)
  if (batches === 1)
    f.get(lo)
      .get(hi)
      .op(i32.ltS)
      .if(() => body.emit(f, { a, b, c, scratch, lo, hi }))
  else emitBatches(f, normal.batch, body, a, b)
  return { function: f, units: body.units * batches, scratchBytes: body.scratchBytes }
}

function chooseBody(module: ModuleBuilder, spec: ContractionSpec, options: ContractionOptions): Body {
  if (isDot(spec)) return dotBody(module, spec, options)
  return packingPays(spec, options) ? packedBody(module, spec, options) : directBody(module, spec, options)
}

/** Limits from measurements: packing pays later where the arithmetic is slower. */
function packingPays({ m, n, k }: ContractionSpec, { engine }: ContractionOptions): boolean {
  if (engine.widened) return m >= 4 && n > 12 && k > 2 && m * n * k > 16_000
  return m > 8 && n > 16 && k > 16 && m * n * k > 300_000
}

function emitBatches(f: FunctionBuilder, loops: readonly BatchLoop[], body: Body, a: Local, b: Local): void {
  const [c, scratch, lo, hi] = [2, 3, 4, 5] as const
  const locals = f.localsOf(I32, 7) as [Local, Local, Local, Local, Local, Local, Local]
  const [batch, index, aAt, bAt, cAt, first, end] = locals
  f.get(lo).i32(body.units).op(i32.divU).set(batch)
  f.get(lo).get(batch).i32(body.units).op(i32.mul, i32.sub).set(first)
  f.get(hi).get(batch).i32(body.units).op(i32.mul, i32.sub).set(hi)
  f.block(() => {
    f.loop(() => {
      f.get(first).get(hi).op(i32.geS).branchIf(1)
      f.get(a).set(aAt).get(b).set(bAt).get(c).set(cAt).get(batch).set(index)
      for (let l = loops.length - 1; l >= 0; l--) {
        const loop = loops[l]!
        const push = (): void => {
          f.get(index)
          if (l > 0) f.i32(loop.size).op(i32.remU)
        }
        for (const [target, stride] of [
          [aAt, loop.a],
          [bAt, loop.b],
          [cAt, loop.c],
        ] as const) {
          if (stride === 0) continue
          push()
          f.i32(4 * stride)
            .op(i32.mul)
            .get(target)
            .op(i32.add)
            .set(target)
        }
        if (l > 0) f.get(index).i32(loop.size).op(i32.divU).set(index)
      }
      f.i32(body.units).set(end)
      minimum(f, end, end, hi)
      body.emit(f, { a: aAt, b: bAt, c: cAt, scratch, lo: first, hi: end })
      f.i32(0).set(first)
      f.get(batch).i32(1).op(i32.add).set(batch)
      f.get(hi).i32(body.units).op(i32.sub).set(hi)
      f.branch(0)
    })
  })
}
