import type { FunctionReference, ModuleBuilder } from '../assembler.ts'
import { control, f32x4, I32, i32, V128 } from '../opcodes.ts'
import { advance, loadLanes, loopOverDepth, multiplyAdd, shared, storeLanes, unroll } from './emit.ts'

/** Bytes from row to row of A, and from one step of k to the next. */
export interface Steps {
  readonly row: number
  readonly depth: number
}

/**
 * A function (a, b, c, k, bytes from row to row of C, add) that computes one tile of C in registers, from a packed panel
 * b[k][4 * vectors] and rows of A: a packed panel a[k][rows], or where they lie if `steps` tells it. It overwrites the tile, or
 * adds to it where `add` is not 0.
 */
export function microkernel(
  module: ModuleBuilder,
  rows: number,
  vectors: number,
  fused: boolean,
  steps: Steps = { row: 4, depth: 4 * rows },
): FunctionReference {
  return shared(module, `microkernel ${rows} ${vectors} ${fused} ${steps.row} ${steps.depth}`, () => {
    const f = module.function([I32, I32, I32, I32, I32, I32])
    const [a, b, c, k, cRow, add] = [0, 1, 2, 3, 4, 5] as const
    const [at, aStep] = f.localsOf(I32, 2) as [number, number]
    const sums = f.localsOf(V128, rows * vectors)
    const row = f.localsOf(V128, vectors)
    const value = f.local(V128)
    const step = (depth: number): void => {
      for (let v = 0; v < vectors; v++)
        f.get(b)
          .mem('v128Load', 16 * (depth * vectors + v))
          .set(row[v]!)
      if (depth > 0)
        f.get(a)
          .i32(steps.depth * depth)
          .op(i32.add)
          .set(aStep)
      for (let i = 0; i < rows; i++) {
        f.get(depth > 0 ? aStep : a)
          .mem('v128Load32Splat', steps.row * i)
          .set(value)
        for (let v = 0; v < vectors; v++) multiplyAdd(f, value, row[v]!, sums[i * vectors + v]!, fused)
      }
    }
    f.get(k).if(() => {
      // V8 computes the address of a splat with an instruction of its own for each offset. Loads before the loop, whose values
      // nobody wants, and equal offsets in every step let it keep these addresses in registers.
      for (let i = 1; i < rows; i++)
        f.get(a)
          .mem('v128Load32Splat', steps.row * i)
          .op(control.drop)
      loopOverDepth(f, k, unroll, step, () => {
        advance(f, a, steps.depth * unroll)
        advance(f, b, 16 * vectors * unroll)
      })
    })
    const eachRow = (body: (i: number) => void): void => {
      f.get(c).set(at)
      for (let i = 0; i < rows; i++) {
        if (i > 0) f.get(at).get(cRow).op(i32.add).set(at)
        body(i)
      }
    }
    f.get(add).if(() => {
      eachRow((i) => {
        for (let v = 0; v < vectors; v++) {
          const sum = sums[i * vectors + v]!
          f.get(at)
            .mem('v128Load', 16 * v)
            .get(sum)
            .op(f32x4.add)
            .set(sum)
        }
      })
    })
    eachRow((i) => {
      for (let v = 0; v < vectors; v++)
        f.get(at)
          .get(sums[i * vectors + v]!)
          .mem('v128Store', 16 * v)
    })
    return f
  })
}

/** A function (tile, c, rows, bytes from row to row of C, add) that moves the first `columns` columns of a full tile to C. */
export function tileToEdge(module: ModuleBuilder, vectors: number, columns: number): FunctionReference {
  return shared(module, `edge ${vectors} ${columns}`, () => {
    const f = module.function([I32, I32, I32, I32, I32])
    const [tile, c, rows, cRow, add] = [0, 1, 2, 3, 4] as const
    const value = f.local(V128)
    f.loop(() => {
      for (let first = 0; first < columns; first += 4) {
        const offset = 4 * first
        f.get(tile).mem('v128Load', offset).set(value)
        f.get(add).if(() => {
          loadLanes(f, c, columns - first, offset)
          f.get(value).op(f32x4.add).set(value)
        })
        storeLanes(f, c, value, columns - first, offset)
      }
      f.get(tile)
        .i32(16 * vectors)
        .op(i32.add)
        .set(tile)
      f.get(c).get(cRow).op(i32.add).set(c)
      f.get(rows).i32(1).op(i32.sub).tee(rows).branchIf(0)
    })
    return f
  })
}
