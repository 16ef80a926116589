import type { FunctionReference, ModuleBuilder } from '../assembler.ts'
import { control, f32x4, I32, i32, V128 } from '../opcodes.ts'
import { advance, loadLanes, loopOverDepth, multiplyAdd, shared, storeLanes, unroll } from './emit.ts'
import type { DepthLoop } from './nested-specification.ts'

/** Strides in elements. */
export interface NestedTile {
  readonly height: number
  readonly vectors: number
  /** Columns that exist; the last vector may hold fewer than four. */
  readonly columns: number
  readonly aRow: number
  readonly cRow: number
  /** From one step of the depth to the next in B. */
  readonly bStep: number
  /** Distance in A of the outermost loop of the chunk, whose count is an argument. */
  readonly cut: number
  readonly inner: readonly DepthLoop[]
  /** The count of the outermost loop where it is always the same, or 0. */
  readonly whole: number
  readonly fused: boolean
  /** Steps are kept apart, for an engine that would load the values of all of them first. */
  readonly separate: boolean
}

/** Depths up to this are written out without loops. */
const longestStraight = 16

/** A function (a, b, c, steps, add) that computes one tile of C, or adds it to C where `add` is not 0. */
export function nestedMicrokernel(module: ModuleBuilder, tile: NestedTile): FunctionReference {
  return shared(module, `nested ${JSON.stringify(tile)}`, () => {
    const { height, vectors, columns, aRow, cRow, bStep, cut, inner, whole, fused, separate } = tile
    const f = module.function([I32, I32, I32, I32, I32])
    const [a, b, c, steps, add] = [0, 1, 2, 3, 4] as const
    const sums = f.localsOf(V128, height * vectors)
    const row = f.localsOf(V128, vectors)
    const value = f.local(V128)
    const [aAt, bAt, aStep, count] = f.localsOf(I32, 4) as [number, number, number, number]

    const step = (aOffset: number, bOffset: number): void => {
      for (let v = 0; v < vectors; v++)
        f.get(bAt)
          .mem('v128Load', bOffset + 16 * v)
          .set(row[v]!)
      if (aOffset > 0) f.get(aAt).i32(aOffset).op(i32.add).set(aStep)
      for (let i = 0; i < height; i++) {
        // The same offsets in every step: see the microkernel of packed panels.
        f.get(aOffset > 0 ? aStep : aAt)
          .mem('v128Load32Splat', 4 * i * aRow)
          .set(value)
        for (let v = 0; v < vectors; v++) multiplyAdd(f, value, row[v]!, sums[i * vectors + v]!, fused)
      }
    }
    const isStraight = (loops: readonly { readonly size: number }[]): boolean =>
      loops.reduce((product, { size }) => product * size, 1) <= longestStraight
    /** All steps of the loops written out; leaves the pointers where they are. */
    const straight = (loops: readonly { readonly size: number; readonly a: number }[]): void => {
      let offsets = [0]
      for (const { size, a: stride } of loops)
        offsets = offsets.flatMap((offset) => Array.from({ length: size }, (_, i) => offset + i * stride))
      f.block(() => {
        for (const [i, offset] of offsets.entries()) {
          step(4 * offset, 4 * i * bStep)
          if (separate)
            f.get(steps)
              .i32(i + 1)
              .op(i32.add, i32.eqz)
              .branchIf(0)
        }
      })
      advance(f, bAt, 4 * offsets.length * bStep)
    }
    /** One run of `size` steps (or of `steps`), from (aAt, bAt); moves bAt to its end and leaves aAt at its start. */
    const run = (stride: number, size: number | undefined): void => {
      const [aStart, bStart] = f.localsOf(I32, 2) as [number, number]
      f.get(aAt).set(aStart).get(bAt).set(bStart)
      if (size === undefined) f.get(steps).set(count)
      else f.i32(size).set(count)
      const depths = Math.min(unroll, size ?? unroll)
      loopOverDepth(
        f,
        count,
        depths,
        (depth) => step(4 * depth * stride, 4 * depth * bStep),
        () => {
          advance(f, aAt, 4 * depths * stride)
          advance(f, bAt, 4 * depths * bStep)
        },
      )
      f.get(aStart).set(aAt)
      if (size === undefined)
        f.get(steps)
          .i32(4 * bStep)
          .op(i32.mul)
      else f.i32(4 * size * bStep)
      f.get(bStart).op(i32.add).set(bAt)
    }
    const nest = (loops: readonly DepthLoop[]): void => {
      const [loop, ...rest] = loops
      if (!loop) {
        straight([])
        return
      }
      if (isStraight(loops)) {
        straight(loops)
        return
      }
      if (rest.length === 0) {
        run(loop.a, loop.size)
        return
      }
      const [counter, start] = f.localsOf(I32, 2) as [number, number]
      f.get(aAt).set(start).i32(loop.size).set(counter)
      f.loop(() => {
        nest(rest)
        advance(f, aAt, 4 * loop.a)
        f.get(counter).i32(1).op(i32.sub).tee(counter).branchIf(0)
      })
      f.get(start).set(aAt)
    }

    f.get(a).set(aAt).get(b).set(bAt)
    const all = whole > 0 ? [{ size: whole, a: cut, b: 0 }, ...inner] : undefined
    if (all && isStraight(all)) straight(all)
    else {
      // See the microkernel of packed panels: these loads let V8 keep the addresses in registers.
      for (let i = 1; i < height; i++)
        f.get(a)
          .mem('v128Load32Splat', 4 * i * aRow)
          .op(control.drop)
      if (inner.length === 0) run(cut, undefined)
      else {
        const left = f.local(I32)
        f.get(steps).set(left)
        f.loop(() => {
          nest(inner)
          advance(f, aAt, 4 * cut)
          f.get(left).i32(1).op(i32.sub).tee(left).branchIf(0)
        })
      }
    }

    const eachSum = (body: (sum: number, lanes: number, offset: number, address: number) => void): void => {
      f.get(c).set(aAt)
      for (let i = 0; i < height; i++) {
        if (i > 0) advance(f, aAt, 4 * cRow)
        for (let v = 0; v < vectors; v++) {
          const lanes = columns - 4 * v
          if (lanes > 0) body(sums[i * vectors + v]!, lanes, 16 * v, aAt)
        }
      }
    }
    f.get(add).if(() => {
      eachSum((sum, lanes, offset, address) => {
        loadLanes(f, address, lanes, offset)
        f.get(sum).op(f32x4.add).set(sum)
      })
    })
    eachSum((sum, lanes, offset, address) => storeLanes(f, address, sum, lanes, offset))
    return f
  })
}
