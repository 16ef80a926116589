/**
 * Contractions over nested loops: the patches of a picture are never copied. The microkernel reads A through pointers with
 * constant distances; B is packed once per chunk of the depth, or read in place.
 */
import type { FunctionBuilder, FunctionReference, Local, ModuleBuilder } from '../assembler.ts'
import { I32, i32 } from '../opcodes.ts'
import type { Body, ContractionOptions } from './body.ts'
import { advance, countUp, minimum, rowBlocks, shared } from './emit.ts'
import { chunksOf } from './nested-specification.ts'
import type { DepthLoop, NestedSpec, RowLoop } from './nested-specification.ts'
import { nestedMicrokernel } from './nested-microkernel.ts'
import { packKind, packPanel, packSlack } from './pack.ts'
import { panelVectors, tileSize } from './tile.ts'

/** Tiles are cut from the innermost loop over rows, unless that wastes more registers than `enough` and another loop does not. */
function tileLoop(rows: readonly RowLoop[], height: number, enough: number): number {
  const use = ({ size }: RowLoop): number => size / (Math.ceil(size / height) * height)
  let best = rows.length - 1
  if (use(rows[best]!) >= enough) return best
  for (const [i, loop] of rows.entries()) if (use(loop) > use(rows[best]!) + 0.1) best = i
  return best
}

export function nestedBody(module: ModuleBuilder, spec: NestedSpec, options: ContractionOptions): Body {
  const { n, depth, bColumn } = spec
  const { widened } = options.engine
  const tile = tileSize(options.engine.tile)
  const vectors = Math.min(tile.vectors, panelVectors(n, widened))
  const width = 4 * vectors
  const panels = Math.ceil(n / width)
  const lastColumns = n - (panels - 1) * width
  // From measurements: rows further apart cost the faster, widened code more than a low tile does.
  const at = tileLoop(spec.rows, tile.rows, widened ? 0.8 : 0.9)
  const run = spec.rows[at]!
  const outerRows = spec.rows.filter((_, i) => i !== at)
  const blocks = rowBlocks(run.size, tile.rows)
  const runs = outerRows.reduce((product, { size }) => product * size, 1)

  const chunks = chunksOf(depth.map(({ size }) => size))
  const outer = depth.slice(0, chunks.level)
  const cut = depth[chunks.level]!
  const inner = depth.slice(chunks.level + 1)
  const innerSize = inner.reduce((product, { size }) => product * size, 1)
  const longest = chunks.length * innerSize
  // B can stay where it is if one stride leads through its whole chunk and no vector reaches past a row. Panels of 8 columns
  // use half of each cache line, and lines a power of two apart push each other out: there many tiles pay for packing.
  const isStraight = [cut, ...inner].every(({ b, size }, i, all) => i === 0 || all[i - 1]!.b === b * size)
  const fits = bColumn === 1 && isStraight && n % (widened ? 8 : 4) === 0 && longest < cut.size * innerSize
  const inPlace = fits && (widened || runs * blocks.count < 32)
  const panelBytes = longest * width * 4
  // Rows that are neighbours in memory are steps far apart: packed, they cost one pass instead of one per panel.
  const packsA = run.a === 1 && n >= 32
  const tileBytes = packsA ? 4 * longest * blocks.height + packSlack(blocks.height) : 0
  const packedB = inPlace ? 0 : panels * panelBytes + packSlack(width)

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
        : { cut: cut.a, inner, whole: longest === cut.size * innerSize ? cut.size : 0 }),
      fused: options.fused,
      separate: options.engine.tile === '4x8',
    })

  return {
    units: runs * blocks.count,
    scratchBytes: packedB + tileBytes * blocks.count,
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
              f.i32(chunks.length).set(now)
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
    const [cPanel, tile, limit, aTile, cTile] = f.localsOf(I32, 5) as Five
    f.get(locals.lo).set(unit)
    f.loop(() => {
      // The units of one run of rows: tiles `first` to `end`.
      f.get(unit).i32(blocks.count).op(i32.remU).tee(first)
      f.get(locals.hi).op(i32.add).get(unit).op(i32.sub).set(end)
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
      if (packsA) {
        f.get(aRun).set(aTile)
        f.get(locals.scratch).i32(packedB).op(i32.add).tee(aRun).set(cTile)
        eachTile((height) => {
          const packer = nestedPacker(module, {
            cut: alongA(cut),
            inner: inner.map(alongA),
            bColumn: 1,
            width: height,
            columns: height,
          })
          f.get(aTile).get(cTile).get(now).call(packer)
          advance(f, aTile, 4 * height)
          advance(f, cTile, tileBytes)
        })
      }
      const steps = f.local(I32)
      f.get(now)
      if (packsA) f.i32(innerSize).op(i32.mul)
      f.set(steps)
      const column = (columns: number): void => {
        f.get(aRun).set(aTile).get(cPanel).set(cTile)
        eachTile((height) => {
          f.get(aTile).get(bPanel).get(cTile).get(steps).get(add).call(kernelOf(height, columns))
          advance(f, aTile, packsA ? tileBytes : 4 * height * run.a)
          advance(f, cTile, 4 * height * run.c)
        })
      }
      f.get(inPlace ? b : locals.scratch).set(bPanel)
      f.get(cRun).set(cPanel)
      if (panels > 1) {
        f.i32(panels - 1).set(panel)
        f.loop(() => {
          column(width)
          advance(f, bPanel, inPlace ? 4 * width : panelBytes)
          advance(f, cPanel, 4 * width)
          f.get(panel).i32(1).op(i32.sub).tee(panel).branchIf(0)
        })
      }
      column(lastColumns)
      f.get(unit).get(first).op(i32.sub).get(end).op(i32.add).tee(unit)
      f.get(locals.hi).op(i32.ltS).branchIf(0)
    })
  }
}

const alongA = ({ size, a }: DepthLoop): DepthLoop => ({ size, a, b: a })

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

interface PackerShape {
  readonly cut: DepthLoop
  readonly inner: readonly DepthLoop[]
  readonly bColumn: number
  readonly width: number
  readonly columns: number
}

/** A function (source, target, steps of the cut loop) that packs one panel of a chunk. */
function nestedPacker(module: ModuleBuilder, shape: PackerShape): FunctionReference {
  const { cut, inner, bColumn, width, columns } = shape
  return shared(module, `nested pack ${JSON.stringify(shape)}`, () => {
    const straight = inner.at(-1)
    const last = straight ?? cut
    const packer = packPanel(module, packKind(bColumn, last.b), width, columns)
    const f = module.function([I32, I32, I32])
    const [source, target, steps] = [0, 1, 2] as const
    const line = (): void => {
      f.get(source).get(target)
      if (straight) f.i32(straight.size)
      else f.get(steps)
      f.i32(4 * bColumn)
        .i32(4 * last.b)
        .call(packer)
      if (straight) advance(f, target, 4 * width * straight.size)
    }
    const nest = (level: number): void => {
      if (level >= inner.length - 1) {
        line()
        return
      }
      const { size, b } = inner[level]!
      const counter = f.local(I32)
      f.i32(size).set(counter)
      f.loop(() => {
        nest(level + 1)
        advance(f, source, 4 * b)
        f.get(counter).i32(1).op(i32.sub).tee(counter).branchIf(0)
      })
      advance(f, source, -4 * b * size)
    }
    if (!straight) line()
    else
      f.loop(() => {
        nest(0)
        advance(f, source, 4 * cut.b)
        f.get(steps).i32(1).op(i32.sub).tee(steps).branchIf(0)
      })
    return f
  })
}
