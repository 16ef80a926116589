/**
 * Contractions of a few rows with many, both contiguous in k: each element is a scalar product whose four lanes run along k.
 * Nothing is packed, so one example through a layer costs one pass over its weights.
 */
import type { FunctionReference, Local, ModuleBuilder } from '../assembler.ts'
import { f32x4, I32, i32, V128, v128 } from '../opcodes.ts'
import type { Body, ContractionOptions } from './body.ts'
import { advance, countUp, minimum, multiplyAdd, shared, storeLanes, transpose } from './emit.ts'
import { chunkLength } from './specification.ts'
import type { ContractionSpec } from './specification.ts'

export function dotBody(module: ModuleBuilder, spec: ContractionSpec, options: ContractionOptions): Body {
  const { m, n, k } = spec
  // "Few" are the rows that are read again and again, "many" those that are read once.
  const rowsAreFew = m <= n
  const few = rowsAreFew ? { count: m, step: spec.aRow, c: spec.cRow } : { count: n, step: spec.bColumn, c: 1 }
  const many = rowsAreFew ? { count: n, step: spec.bColumn, c: 1 } : { count: m, step: spec.aRow, c: spec.cRow }
  // Outputs of the long side that are computed together: enough sums to hide the latency of an addition. Eight rows of a
  // power of two push each other out of the cache.
  const together = few.count === 1 ? 6 : 4
  const groups = Math.ceil(many.count / together)
  const last = many.count - (groups - 1) * together
  const unit = Math.max(1, Math.ceil(4096 / (together * k * few.count)))

  return {
    units: Math.ceil(groups / unit),
    scratchBytes: 0,
    emit(f, { a, b, c, lo, hi }) {
      const [group, end, q, p, cGroup, cAt, left] = f.localsOf(I32, 7) as Seven
      const column = (outputs: number): void => {
        const call = (rows: number): void => {
          f.get(q)
            .get(p)
            .get(cAt)
            .i32(k)
            .i32(4 * few.step)
            .i32(4 * many.step)
            .i32(4 * few.c)
          f.call(dotKernel(module, rows, outputs, many.c, k, options))
        }
        f.get(rowsAreFew ? a : b)
          .set(q)
          .get(cGroup)
          .set(cAt)
        const pairs = Math.floor(few.count / 2)
        if (pairs > 0) {
          f.i32(pairs).set(left)
          f.loop(() => {
            call(2)
            advance(f, q, 8 * few.step)
            advance(f, cAt, 8 * few.c)
            f.get(left).i32(1).op(i32.sub).tee(left).branchIf(0)
          })
        }
        if (few.count % 2 === 1) call(1)
      }
      f.get(lo).i32(unit).op(i32.mul).tee(group)
      f.i32(4 * together * many.step)
        .op(i32.mul)
        .get(rowsAreFew ? b : a)
        .op(i32.add)
        .set(p)
      f.get(group)
        .i32(4 * together * many.c)
        .op(i32.mul)
        .get(c)
        .op(i32.add)
        .set(cGroup)
      f.get(hi).i32(unit).op(i32.mul).tee(end).set(left)
      f.i32(groups - 1).set(end)
      minimum(f, end, end, left)
      countUp(f, group, end, () => {
        column(together)
        advance(f, p, 4 * together * many.step)
        advance(f, cGroup, 4 * together * many.c)
      })
      f.get(group)
        .get(hi)
        .i32(unit)
        .op(i32.mul, i32.ltS)
        .if(() => column(last))
    },
  }
}

type Seven = [Local, Local, Local, Local, Local, Local, Local]

/**
 * A function (q, p, c, k, bytes between rows of q, of p, bytes from row to row of c) that computes the products of `rows` rows
 * of q with `outputs` rows of p. `cStep` elements lie between the results of neighbouring rows of p.
 */
function dotKernel(
  module: ModuleBuilder,
  rows: number,
  outputs: number,
  cStep: number,
  length: number,
  options: ContractionOptions,
): FunctionReference {
  const rest = length % 4
  const chunk = chunkLength(length)
  const chunks = Math.ceil(length / chunk)
  // The last chunk has less than a vector, so no round of the loop belongs to it.
  const alone = chunks > 1 && length - (chunks - 1) * chunk < 4
  const { fused } = options
  return shared(module, `dot ${rows} ${outputs} ${cStep} ${rest} ${chunks > 1 ? chunk : 0} ${alone} ${fused}`, () => {
    const f = module.function([I32, I32, I32, I32, I32, I32, I32])
    const [q, p, c, k, qStep, pStep, cRow] = [0, 1, 2, 3, 4, 5, 6] as const
    const qAt = f.localsOf(I32, rows)
    const pAt = f.localsOf(I32, outputs)
    const [left, now] = f.localsOf(I32, 2) as [Local, Local]
    const sums = f.localsOf(V128, rows * outputs)
    const totals = chunks > 1 ? f.localsOf(V128, rows * outputs) : sums
    const values = f.localsOf(V128, rows)
    const other = f.local(V128)
    const mask = f.local(V128)

    const pointers = (from: Local, step: Local, at: readonly Local[]): void => {
      at.forEach((pointer, i) => {
        f.get(i === 0 ? from : at[i - 1]!)
        if (i > 0) f.get(step).op(i32.add)
        f.set(pointer)
      })
    }
    const step = (masked: boolean): void => {
      const load = (pointer: Local, target: Local): void => {
        f.get(pointer).mem('v128Load')
        if (masked) f.get(mask).op(v128.and)
        f.set(target)
      }
      values.forEach((value, i) => load(qAt[i]!, value))
      pAt.forEach((pointer, j) => {
        load(pointer, other)
        values.forEach((value, i) => multiplyAdd(f, value, other, sums[i * outputs + j]!, fused))
      })
    }
    pointers(q, qStep, qAt)
    pointers(p, pStep, pAt)
    if (rest > 0) f.i32x4(-1, rest > 1 ? -1 : 0, rest > 2 ? -1 : 0, 0).set(mask)
    f.get(k).i32(-4).op(i32.and).set(left)
    const part = (): void => {
      if (chunks > 1) {
        f.i32(chunk).set(now)
        minimum(f, now, now, left)
      } else f.get(left).set(now)
      f.get(left).get(now).op(i32.sub).set(left)
      f.get(now).if(() => {
        f.loop(() => {
          step(false)
          for (const pointer of [...qAt, ...pAt]) advance(f, pointer, 16)
          f.get(now).i32(4).op(i32.sub).tee(now).branchIf(0)
        })
      })
    }
    if (chunks === 1) {
      part()
      if (rest > 0) step(true)
    } else {
      f.loop(() => {
        for (const sum of sums) f.f32x4(0).set(sum)
        part()
        // What is left over belongs to the last chunk, or is the last chunk.
        if (rest > 0 && !alone)
          f.get(left)
            .op(i32.eqz)
            .if(() => step(true))
        sums.forEach((sum, s) => f.get(totals[s]!).get(sum).op(f32x4.add).set(totals[s]!))
        f.get(left).branchIf(0)
      })
      if (alone) {
        for (const sum of sums) f.f32x4(0).set(sum)
        step(true)
        sums.forEach((sum, s) => f.get(totals[s]!).get(sum).op(f32x4.add).set(totals[s]!))
      }
    }

    // The lanes of each sum are added as (0 + 1) + (2 + 3), for four outputs at a time.
    const lanes = f.localsOf(V128, 4)
    const spare = f.localsOf(V128, 4)
    const low = Math.min(0, 4 * cStep * (outputs - 1))
    for (let i = 0; i < rows; i++) {
      for (let first = 0; first < outputs; first += 4) {
        lanes.forEach((lane, j) => f.get(totals[i * outputs + Math.min(first + j, outputs - 1)]!).set(lane))
        transpose(f, lanes, spare)
        f.get(lanes[0]!).get(lanes[1]!).op(f32x4.add)
        f.get(lanes[2]!).get(lanes[3]!).op(f32x4.add, f32x4.add).set(other)
        if (cStep === 1) storeLanes(f, c, other, outputs - first, 4 * first)
        else {
          f.get(c).i32(low).op(i32.add).set(left)
          for (let j = first; j < Math.min(first + 4, outputs); j++)
            f.get(left)
              .get(other)
              .memLane('v128Store32Lane', j - first, 4 * cStep * j - low)
        }
      }
      f.get(c).get(cRow).op(i32.add).set(c)
    }
    return f
  })
}
