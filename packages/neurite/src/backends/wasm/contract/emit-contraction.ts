import type { FunctionBuilder, FunctionReference, Local, ModuleBuilder } from '../assembler.ts'
import { I32, i32 } from '../opcodes.ts'
import type { Body, ContractionOptions } from './body.ts'
import { directBody } from './direct.ts'
import { dotBody } from './dot.ts'
import { minimum } from './emit.ts'
import { packedBody } from './packed.ts'
import { nestedBody } from './nested.ts'
import { mergeLoops, plainSpec } from './nested-specification.ts'
import type { NestedSpec } from './nested-specification.ts'
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

/** Writes a function that computes one contraction of fixed shapes and strides, with any number of loops. */
export function emitNestedContraction(
  module: ModuleBuilder,
  spec: NestedSpec,
  options: ContractionOptions,
): Contraction {
  const merged = mergeLoops(spec)
  const plain = plainSpec(merged)
  if (plain) return emitContraction(module, plain, options)
  const sizes = [...spec.rows, ...spec.batch].map(({ size }) => size)
  if (spec.n === 0 || sizes.includes(0)) return nothing(module)
  if (spec.depth.some(({ size }) => size === 0)) return emitContraction(module, emptySum(merged), options)
  return assemble(module, nestedBody(module, merged, options), merged.batch, [0, 1])
}

/** A sum over nothing: zeros, in rows of C that lie one behind the other. */
function emptySum({ batch, rows, n }: NestedSpec): ContractionSpec {
  const loops = rows.map(({ size, c }) => ({ size, a: 0, b: 0, c }))
  const rest = { m: 1, n, k: 0, aRow: 0, aDepth: 0, bDepth: 0, bColumn: 1, cRow: n }
  return { batch: [...batch, ...loops], ...rest }
}

/** Writes a function that computes one contraction with one loop over rows and one over the depth. */
export function emitContraction(
  module: ModuleBuilder,
  spec: ContractionSpec,
  options: ContractionOptions,
): Contraction {
  const { spec: normal, swapped } = normalise(spec)
  if ([normal.m, normal.n, ...normal.batch.map(({ size }) => size)].includes(0)) return nothing(module)
  return assemble(module, chooseBody(module, normal, options), normal.batch, swapped ? [1, 0] : [0, 1])
}

function nothing(module: ModuleBuilder): Contraction {
  return { function: module.function([I32, I32, I32, I32, I32, I32]), units: 0, scratchBytes: 0 }
}

function assemble(
  module: ModuleBuilder,
  body: Body,
  batch: readonly BatchLoop[],
  [a, b]: readonly [Local, Local],
): Contraction {
  const loops = batch.filter(({ size }) => size !== 1)
  const batches = loops.reduce((product, { size }) => product * size, 1)
  const f = module.function([I32, I32, I32, I32, I32, I32])
  const [c, scratch, lo, hi] = [2, 3, 4, 5] as const
  if (batches === 1)
    f.get(lo)
      .get(hi)
      .op(i32.ltS)
      .if(() => body.emit(f, { a, b, c, scratch, lo, hi }))
  else emitBatches(f, loops, body, a, b)
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
