/**
 * Contractions over nested loops: the patches of a picture are never copied. The microkernel reads A through pointers with
 * constant distances; B is packed once per chunk of the depth, or read in place.
 */
import type { FunctionBuilder, FunctionReference, Local, ModuleBuilder } from '../assembler.ts'
import { I32, i32 } from '../opcodes.ts'
import type { Body, ContractionOptions } from './body.ts'
import { advance, countUp, minimum } from './emit.ts'
import { nestedMicrokernel } from './nested-microkernel.ts'
import { nestedPacker } from './nested-packer.ts'
import { entryBytes, planNested } from './nested-plan.ts'
import type { DepthLoop, NestedSpec } from './nested-specification.ts'
import { panelVectors } from './tile.ts'

export function nestedBody(module: ModuleBuilder, spec: NestedSpec, options: ContractionOptions): Body {
  const { bColumn } = spec
  const { widened } = options.engine
  const plan = planNested(spec, options.engine)
  const { vectors, panels, lastColumns, run, outerRows, blocks, runs, chunk, outer, cut, inner, innerSize } = plan
  const { inPlace, panelBytes, packsA, tileBytes, packedB, group, table } = plan
  const width = 4 * vectors

  const kernelOf = (height: number, columns: number): FunctionReference =>
    // V8 before 13, which gets the 4x8 tile, would load the values of all straight steps first and run out of registers.
    nestedMicrokernel(module, {
      height,
      vectors: panelVectors(columns, widened),
      columns,
      aRow: run.a,
      cRow: run.c,
      bStep: inPlace ? (inner.at(-1) ?? cut).b : 4 * panelVectors(columns, widened),
      ...(packsA
        ? { cut: height, inner: [], whole: 0 }
        : { cut: cut.a, inner, whole: chunk === cut.size ? cut.size : 0 }),
      fused: options.fused,
      separate: options.engine.tile === '4x8',
    })

  return {
    units: runs * blocks.count,
    scratchBytes: plan.scratchBytes,
    emit(f, locals) {
      const [a, b, now, add, unit] = f.localsOf(I32, 5) as Five
      f.get(locals.lo)
        .get(locals.hi)
        .op(i32.ltS)
        .if(() => {
          f.get(locals.a).set(a).get(locals.b).set(b).i32(0).set(add)
          depthLoops(f, outer, a, b, () => {
            const left = f.local(I32)
            f.i32(cut.size).set(left)
            f.loop(() => {
              f.i32(chunk).set(now)
              minimum(f, now, now, left)
              if (!inPlace) pack(f, b, locals.scratch, now)
              tiles(f, a, b, now, add, unit, locals)
              f.i32(1).set(add)
              advanceBy(f, a, now, cut.a)
              advanceBy(f, b, now, cut.b)
              f.get(left).get(now).op(i32.sub).tee(left).branchIf(0)
            })
            advance(f, a, -4 * cut.a * cut.size)
            advance(f, b, -4 * cut.b * cut.size)
          })
        })
    },
  }

  /** Copies the chunk of B into panels, each in the order in which the microkernel reads it. */
  function pack(f: FunctionBuilder, b: Local, scratch: Local, now: Local): void {
    const [panel, from, to] = f.localsOf(I32, 3) as [Local, Local, Local]
    const one = (columns: number): void => {
      const packedWidth = 4 * panelVectors(columns, widened)
      const packer = nestedPacker(module, { cut, inner, bColumn, width: packedWidth, columns })
      f.get(from).get(to).get(now).call(packer)
    }
    f.get(b).set(from).get(scratch).set(to)
    if (panels > 1) {
      f.i32(panels - 1).set(panel)
      f.loop(() => {
        one(width)
        advance(f, from, 4 * width * bColumn)
        advance(f, to, panelBytes)
        f.get(panel).i32(1).op(i32.sub).tee(panel).branchIf(0)
      })
    }
    one(lastColumns)
  }

  function tiles(
    f: FunctionBuilder,
    a: Local,
    b: Local,
    now: Local,
    add: Local,
    unit: Local,
    locals: { readonly c: Local; readonly scratch: Local; readonly lo: Local; readonly hi: Local },
  ): void {
    const [first, end, rest, aRun, cRun, panel, bPanel] = f.localsOf(I32, 7) as Seven
    const [cOffset, tile, limit, aTile, cTile] = f.localsOf(I32, 5) as Five
    const [groupEnd, entry, entriesEnd] = f.localsOf(I32, 3) as [Local, Local, Local]
    /** Runs `body` for the tiles from `first` to `end`. */
    const eachTile = (body: (height: number) => void): void => {
      const part = (height: number, to: number): void => {
        f.i32(to).set(limit)
        minimum(f, limit, limit, end)
        countUp(f, tile, limit, () => body(height))
      }
      f.get(first).set(tile)
      part(blocks.height, blocks.tall)
      if (blocks.tall < blocks.count) part(blocks.height - 1, blocks.count)
    }
    const toTable = (): void => void f.get(locals.scratch).i32(table).op(i32.add).set(entry)
    f.get(locals.lo).set(unit)
    f.loop(() => {
      // Groups begin with a whole run, wherever this thread begins.
      f.get(unit).i32(blocks.count).op(i32.divU).i32(group).op(i32.add).i32(blocks.count).op(i32.mul).set(groupEnd)
      minimum(f, groupEnd, groupEnd, locals.hi)
      toTable()
      f.loop(() => {
        enterTiles()
        f.get(unit).get(end).op(i32.add).get(first).op(i32.sub).tee(unit)
        f.get(groupEnd).op(i32.ltS).branchIf(0)
      })
      f.get(entry).set(entriesEnd)
      const steps = f.local(I32)
      f.get(now)
      if (packsA) f.i32(innerSize).op(i32.mul)
      f.set(steps)
      const column = (columns: number): void => {
        toTable()
        f.loop(() => {
          f.get(entry).mem('i32Load', 0).set(aTile)
          f.get(entry).mem('i32Load', 4).get(cOffset).op(i32.add).set(cTile)
          f.get(entry).mem('i32Load', 8).set(first)
          f.get(entry).mem('i32Load', 12).set(end)
          eachTile((height) => {
            f.get(aTile).get(bPanel).get(cTile).get(steps).get(add).call(kernelOf(height, columns))
            advance(f, aTile, packsA ? tileBytes : 4 * height * run.a)
            advance(f, cTile, 4 * height * run.c)
          })
          f.get(entry).i32(entryBytes).op(i32.add).tee(entry).get(entriesEnd).op(i32.ltU).branchIf(0)
        })
      }
      f.get(inPlace ? b : locals.scratch).set(bPanel)
      f.i32(0).set(cOffset)
      if (panels > 1) {
        f.i32(panels - 1).set(panel)
        f.loop(() => {
          column(width)
          advance(f, bPanel, inPlace ? 4 * width : panelBytes)
          advance(f, cOffset, 4 * width)
          f.get(panel).i32(1).op(i32.sub).tee(panel).branchIf(0)
        })
      }
      column(lastColumns)
      f.get(unit).get(locals.hi).op(i32.ltS).branchIf(0)
    })

    /** Writes an entry of the table: the tiles of one run from `unit` on, and where the first of them lies in A and C. */
    function enterTiles(): void {
      f.get(unit).i32(blocks.count).op(i32.remU).tee(first)
      f.get(groupEnd).op(i32.add).get(unit).op(i32.sub).set(end)
      minimumConstant(f, end, blocks.count)
      f.get(unit).i32(blocks.count).op(i32.divU).set(rest)
      f.get(a).set(aRun).get(locals.c).set(cRun)
      for (let l = outerRows.length - 1; l >= 0; l--) {
        const { size, a: aStride, c: cStride } = outerRows[l]!
        const index = f.local(I32)
        f.get(rest)
        if (l > 0) f.i32(size).op(i32.remU)
        f.set(index)
        advanceBy(f, aRun, index, aStride)
        advanceBy(f, cRun, index, cStride)
        if (l > 0) f.get(rest).i32(size).op(i32.divU).set(rest)
      }
      // The first row of tile `first`: tall tiles stand before lower ones.
      const row = f.local(I32)
      f.get(first)
        .i32(blocks.height - 1)
        .op(i32.mul)
        .set(row)
      f.get(first).set(limit)
      minimumConstant(f, limit, blocks.tall)
      f.get(row).get(limit).op(i32.add).set(row)
      advanceBy(f, aRun, row, run.a)
      advanceBy(f, cRun, row, run.c)
      if (packsA) {
        f.get(aRun).set(aTile)
        f.get(locals.scratch).i32(packedB).op(i32.add).tee(aRun).set(cTile)
        eachTile((height) => {
          const packer = nestedPacker(module, {
            cut: { ...cut, b: cut.a },
            inner: inner.map((loop) => ({ ...loop, b: loop.a })),
            bColumn: 1,
            width: height,
            columns: height,
          })
          f.get(aTile).get(cTile).get(now).call(packer)
          advance(f, aTile, 4 * height)
          advance(f, cTile, tileBytes)
        })
      }
      f.get(entry).get(aRun).mem('i32Store', 0)
      f.get(entry).get(cRun).mem('i32Store', 4)
      f.get(entry).get(first).mem('i32Store', 8)
      f.get(entry).get(end).mem('i32Store', 12)
      advance(f, entry, entryBytes)
    }
  }
}

type Five = [Local, Local, Local, Local, Local]
type Seven = [Local, Local, Local, Local, Local, Local, Local]

/** pointer = pointer + steps * stride elements */
function advanceBy(f: FunctionBuilder, pointer: Local, steps: Local, stride: number): void {
  if (stride === 0) return
  f.get(steps)
    .i32(4 * stride)
    .op(i32.mul)
    .get(pointer)
    .op(i32.add)
    .set(pointer)
}

function minimumConstant(f: FunctionBuilder, value: Local, limit: number): void {
  const bound = f.local(I32)
  f.i32(limit).set(bound)
  minimum(f, value, value, bound)
}

/** Runs `body` for every index of the loops, with both pointers moved along. */
function depthLoops(f: FunctionBuilder, loops: readonly DepthLoop[], a: Local, b: Local, body: () => void): void {
  const [loop, ...rest] = loops
  if (!loop) {
    body()
    return
  }
  const counter = f.local(I32)
  f.i32(loop.size).set(counter)
  f.loop(() => {
    depthLoops(f, rest, a, b, body)
    advance(f, a, 4 * loop.a)
    advance(f, b, 4 * loop.b)
    f.get(counter).i32(1).op(i32.sub).tee(counter).branchIf(0)
  })
  advance(f, a, -4 * loop.a * loop.size)
  advance(f, b, -4 * loop.b * loop.size)
}
