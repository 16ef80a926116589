/** Code for reductions that keep their last dimension: lanes run along the result, loops over what is reduced. */
import type { Buffer } from '../../../compiler/expression.ts'
import type { ColumnReduceKernel } from '../../../compiler/kernel.ts'
import { expressionCost } from '../../../compiler/expression-cost.ts'
import type { FunctionBuilder, Local } from '../assembler.ts'
import { I32, i32, V128 } from '../opcodes.ts'
import { Access, bump, storeLanes } from './access.ts'
import { ExpressionEmitter, Scope } from './expression-emitter.ts'
import type { Leaf, Place } from './expression-emitter.ts'
import { combineCode, identityLocal } from './reducer.ts'
import { pushNumber } from './scalar-functions.ts'

/** Vectors of columns in one strip. */
export function stripVectors(kernel: ColumnReduceKernel): number {
  return expressionCost(kernel.value) <= 12 ? 4 : 1
}

/** Units: rows times strips of columns. */
export function columnReduceUnits(kernel: ColumnReduceKernel): number {
  return kernel.rows * Math.ceil(kernel.columns / (4 * stripVectors(kernel)))
}

/** Terms that are summed before their sum joins the total. */
const chunkLength = 256

export function emitColumnReduceKernel(
  f: FunctionBuilder,
  kernel: ColumnReduceKernel,
  bases: ReadonlyMap<Buffer, Local>,
  lo: Local,
  hi: Local,
  fused: boolean,
): void {
  const expressions = new ExpressionEmitter(f, fused)
  const accesses = new Map<Leaf, Access>()
  for (const [leaf, stream] of kernel.streams) {
    accesses.set(leaf, new Access(f, stream, leaf.kind === 'load' ? bases.get(leaf.buffer) : undefined))
  }
  const source = { resident: () => undefined, access: (leaf: Leaf) => accesses.get(leaf)! }
  const all = [...accesses.values()]
  const dimensions = kernel.inner.slice(0, -1)
  const strip = stripVectors(kernel)
  const strips = Math.ceil(kernel.columns / (4 * strip))
  const [unit, row, column] = f.localsOf(I32, 3) as [Local, Local, Local]
  const target = f.local(I32)
  const combine = combineCode(kernel.combiner, kernel.value.dtype)
  const identity = identityLocal(f, kernel.combiner, kernel.value.dtype)

  /** The places of a strip that has `columns` columns. */
  const placesOf = (columns: number): Place[] =>
    Array.from({ length: Math.ceil(columns / 4) }, (_, vector) => ({
      vector,
      lanes: Math.min(4, columns - 4 * vector),
    }))

  const body = (places: readonly Place[]): void => {
    const totals = f.localsOf(V128, places.length)
    const chunk = f.localsOf(V128, places.length)
    for (const total of totals) f.get(identity).set(total)
    const nest = (depth: number, pointers: ReadonlyMap<Access, Local>): void => {
      const innermost = depth === dimensions.length - 1
      const step = (at: ReadonlyMap<Access, Local>): void => {
        for (const place of places) {
          const value = expressions.evaluate(kernel.value, new Scope(), source, place, (access) => at.get(access)!)
          f.get(chunk[place.vector]!)
          pushNumber(f, value, kernel.value.dtype)
          f.op(combine).set(chunk[place.vector]!)
        }
      }
      const begin = (): void => chunk.forEach((local) => f.get(identity).set(local))
      const end = (): void => chunk.forEach((local, i) => f.get(totals[i]!).get(local).op(combine).set(totals[i]!))
      if (depth >= dimensions.length) {
        begin()
        step(pointers)
        end()
        return
      }
      const moved = new Map(all.map((access) => [access, f.local(I32)]))
      const counter = f.local(I32)
      for (const access of all) f.get(pointers.get(access)!).set(moved.get(access)!)
      const size = dimensions[depth]!
      const advance = (): void => {
        for (const access of all) bump(f, moved.get(access)!, access.stream.inner[depth]!.stride * access.scale)
      }
      const repeat = (count: number, once: () => void): void => {
        if (count === 0) return
        f.i32(count).set(counter)
        f.loop(() => {
          once()
          f.get(counter).i32(1).op(i32.sub).tee(counter).branchIf(0)
        })
      }
      if (!innermost) {
        repeat(size, () => {
          nest(depth + 1, moved)
          advance()
        })
        return
      }
      const chunks = Math.floor(size / chunkLength)
      const run = (count: number): void => {
        begin()
        repeat(count, () => {
          step(moved)
          advance()
        })
        end()
      }
      if (chunks > 1) {
        const outer = f.local(I32)
        f.i32(chunks).set(outer)
        f.loop(() => {
          run(chunkLength)
          f.get(outer).i32(1).op(i32.sub).tee(outer).branchIf(0)
        })
        if (size % chunkLength > 0) run(size % chunkLength)
      } else run(size)
    }
    nest(0, new Map(all.map((access) => [access, access.cursor])))
    for (const { vector, lanes } of places) storeLanes(f, target, totals[vector]!, lanes, 16 * vector)
  }

  f.get(lo).set(unit)
  f.get(lo)
    .get(hi)
    .op(i32.ltS)
    .if(() => {
      f.loop(() => {
        f.get(unit).i32(strips).op(i32.divU).set(row)
        f.get(unit)
          .i32(strips)
          .op(i32.remU)
          .i32(4 * strip)
          .op(i32.mul)
          .set(column)
        for (const access of all) {
          access.start(row)
          access.locate(row)
          f.get(access.row)
          if (access.columnStride !== 0)
            f.get(column)
              .i32(access.columnStride * access.scale)
              .op(i32.mul, i32.add)
          f.set(access.cursor)
        }
        f.get(bases.get(kernel.target)!)
        f.get(row).i32(kernel.columns).op(i32.mul).get(column).op(i32.add).i32(4).op(i32.mul, i32.add).set(target)
        const last = kernel.columns - (strips - 1) * 4 * strip
        if (last === 4 * strip) body(placesOf(4 * strip))
        else if (strips === 1) body(placesOf(last))
        else {
          f.get(column)
            .i32((strips - 1) * 4 * strip)
            .op(i32.eq)
            .if(
              () => body(placesOf(last)),
              () => body(placesOf(4 * strip)),
            )
        }
        f.get(unit).i32(1).op(i32.add).tee(unit).get(hi).op(i32.ltS).branchIf(0)
      })
    })
}
