/**
 * Large contractions: blocks of A and panels of B are copied into the order in which the microkernel reads them.
 * The loops follow K. Goto and R. van de Geijn, "Anatomy of High-Performance Matrix Multiplication", ACM TOMS 34(3), 2008.
 */
import type { FunctionBuilder, FunctionReference, Local, ModuleBuilder } from '../assembler.ts'
import { control, I32, i32 } from '../opcodes.ts'
import type { Body, ContractionOptions } from './body.ts'
import { advance, blockStart, countUp, minimum, rowBlocks, shared } from './emit.ts'
import { microkernel, tileToEdge } from './microkernel.ts'
import { packKind, packPanel, packSlack } from './pack.ts'
import type { PackKind } from './pack.ts'
import { chunkLength } from './specification.ts'
import type { ContractionSpec } from './specification.ts'
import { panelVectors, tileSize } from './tile.ts'

/** Rows of A that are packed at a time: with 384 steps of k they take 288 KB of a second-level cache of 512 KB. */
const blockRows = 192
/** Columns of B that stay packed while the blocks of A pass by. */
const blockColumns = 1024

/** What of a contraction is written into the code of the loops; the rest are arguments, so that contractions share them. */
interface Shape {
  /** undefined where the rows of A are read where they lie: bytes from one to the next. */
  readonly kindA: PackKind | undefined
  readonly rowStep: number
  readonly kindB: PackKind
  readonly height: number
  /** Some blocks of rows are one row lower. */
  readonly uneven: boolean
  readonly vectors: number
  /** There are panels of full width. */
  readonly full: boolean
  /** Columns of the last panel where it is not full, or 0. */
  readonly lastColumns: number
}

export function packedBody(module: ModuleBuilder, spec: ContractionSpec, options: ContractionOptions): Body {
  const { m, n, k } = spec
  const tile = tileSize(options.engine.tile)
  const width = 4 * tile.vectors
  const rows = rowBlocks(m, tile.rows)
  const panels = Math.ceil(n / width)
  const lastColumns = n % width
  const inPlace = readsInPlace(spec, panels)
  const shape: Shape = {
    kindA: inPlace ? undefined : packKind(spec.aRow, spec.aDepth),
    rowStep: inPlace ? 4 * spec.aRow : 0,
    kindB: packKind(spec.bColumn, spec.bDepth),
    height: rows.height,
    uneven: rows.tall < rows.count,
    vectors: tile.vectors,
    full: n >= width,
    lastColumns,
  }
  const byColumns = panels >= rows.count || panels >= 16
  const chunk = chunkLength(k)
  const blocks = Math.max(1, Math.floor(blockRows / rows.height))
  const panelsAtOnce = Math.min(panels, Math.floor(blockColumns / width))
  const layout = scratchLayout(shape, chunk, Math.min(rows.count, blocks), rows.count > blocks ? panelsAtOnce : 1)
  const loops = blockLoops(module, shape, options, blocks, chunk)

  return {
    units: byColumns ? panels : rows.count,
    scratchBytes: layout.bytes,
    emit(f, { a, b, c, scratch, lo, hi }) {
      const [panel, panelEnd] = f.localsOf(I32, 2) as [Local, Local]
      const call = (): void => {
        f.get(a).get(b).get(c).get(scratch)
        if (byColumns) f.i32(0).i32(rows.count)
        else f.get(lo).get(hi)
        f.get(panel).get(panelEnd)
        for (const value of [rows.tall, Math.floor(n / width), k]) f.i32(value)
        for (const stride of [spec.aRow, spec.aDepth, spec.bDepth, spec.bColumn, spec.cRow]) f.i32(4 * stride)
        f.i32(layout.tile).i32(layout.b).call(loops)
      }
      if (byColumns) f.get(lo).set(panel)
      else f.i32(0).set(panel)
      f.loop(() => {
        f.get(panel).i32(panelsAtOnce).op(i32.add).set(panelEnd)
        if (byColumns) minimum(f, panelEnd, panelEnd, hi)
        else if (panels > panelsAtOnce) {
          f.get(panelEnd).i32(panels).get(panelEnd).i32(panels).op(i32.ltS, control.select).set(panelEnd)
        }
        call()
        f.get(panelEnd).tee(panel)
        if (byColumns) f.get(hi)
        else f.i32(panels)
        f.op(i32.ltS).branchIf(0)
      })
    },
  }
}

/**
 * Rows that lie along k need no packing: six streams at equal distances are as good as one. Where the distance is a multiple of
 * 4 KiB, the rows push each other out of the first-level cache.
 */
function readsInPlace({ aRow, aDepth }: ContractionSpec, panels: number): boolean {
  return panels <= 8 && aDepth === 1 && aRow > 0 && aRow % 1024 !== 0
}

/** Byte offsets in the scratch: packed A first, then a tile for the edge, then packed B. */
function scratchLayout(shape: Shape, chunk: number, blocks: number, panels: number) {
  const width = 4 * shape.vectors
  const align = (bytes: number): number => 64 * Math.ceil(bytes / 64)
  const tile = align(blocks * shape.height * chunk * 4 + packSlack(shape.height))
  const b = tile + align(shape.height * width * 4)
  return { tile, b, bytes: b + align(panels * width * chunk * 4 + packSlack(width)) }
}

function blockLoops(
  module: ModuleBuilder,
  shape: Shape,
  options: ContractionOptions,
  blocks: number,
  chunk: number,
): FunctionReference {
  const { widened } = options.engine
  const key = `loops ${JSON.stringify(shape)} ${blocks} ${chunk} ${options.fused} ${widened}`
  return shared(module, key, () => {
    const f = module.function(Array.from({ length: 18 }, () => I32))
    const [a, b, c, scratch, rowLo, rowHi, panelLo, panelHi] = [0, 1, 2, 3, 4, 5, 6, 7] as const
    const [tall, fullPanels, k, aRow, aDepth, bDepth, bColumn, cRow, tileOffset, bOffset] = [
      8, 9, 10, 11, 12, 13, 14, 15, 16, 17,
    ] as const
    const [left, now, add, block, blockEnd, at, limit, packedA] = f.localsOf(I32, 8) as Eight
    const [panel, packedB, bStep, cPanel, cTile, bPanel, source] = f.localsOf(I32, 7) as Seven
    const width = 4 * shape.vectors

    /** Runs `body` for the blocks of rows from `block` to `blockEnd`. */
    const eachRowBlock = (body: (height: number) => void): void => {
      f.get(block).set(at)
      minimum(f, limit, blockEnd, tall)
      countUp(f, at, limit, () => body(shape.height))
      if (shape.uneven) countUp(f, at, blockEnd, () => body(shape.height - 1))
    }
    const packA = (kind: PackKind): void => {
      f.get(scratch).set(packedA)
      blockStart(f, block, shape.height, () => f.get(tall))
      f.get(aRow).op(i32.mul).get(a).op(i32.add).set(source)
      eachRowBlock((height) => {
        f.get(source).get(packedA).get(now).get(aRow).get(aDepth)
        f.call(packPanel(module, kind, height, height))
        f.get(aRow).i32(height).op(i32.mul).get(source).op(i32.add).set(source)
        nextA(f, packedA, now, height)
      })
    }
    const packB = (columns: number, vectors: number): void => {
      f.get(block).get(rowLo).op(i32.eq)
      f.if(() => {
        f.get(bPanel).get(packedB).get(now).get(bColumn).get(bDepth)
        f.call(packPanel(module, shape.kindB, 4 * vectors, columns))
      })
    }
    const multiply = (columns: number, vectors: number): void => {
      f.get(scratch).set(packedA)
      if (!shape.kindA) {
        blockStart(f, block, shape.height, () => f.get(tall))
        f.i32(shape.rowStep).op(i32.mul).get(a).op(i32.add).set(packedA)
      }
      blockStart(f, block, shape.height, () => f.get(tall))
      f.get(cRow).op(i32.mul).get(cPanel).op(i32.add).set(cTile)
      const whole = columns === 4 * vectors
      eachRowBlock((height) => {
        f.get(packedA).get(packedB)
        if (whole) f.get(cTile).get(now).get(cRow).get(add)
        else
          f.get(scratch)
            .get(tileOffset)
            .op(i32.add)
            .get(now)
            .i32(16 * vectors)
            .i32(0)
        const steps = shape.kindA ? undefined : { row: shape.rowStep, depth: 4 }
        f.call(microkernel(module, height, vectors, options.fused, steps))
        if (!whole) {
          f.get(scratch).get(tileOffset).op(i32.add).get(cTile).i32(height).get(cRow).get(add)
          f.call(tileToEdge(module, vectors, columns))
        }
        f.get(cRow).i32(height).op(i32.mul).get(cTile).op(i32.add).set(cTile)
        if (shape.kindA) nextA(f, packedA, now, height)
        else advance(f, packedA, height * shape.rowStep)
      })
    }
    const eachPanel = (): void => {
      f.get(scratch).get(bOffset).op(i32.add).set(packedB)
      f.get(panelLo).tee(panel).get(bColumn).i32(width).op(i32.mul, i32.mul).get(b).op(i32.add).set(bPanel)
      f.get(panel)
        .i32(4 * width)
        .op(i32.mul)
        .get(c)
        .op(i32.add)
        .set(cPanel)
      if (shape.full) {
        const remain = (): void => {
          f.get(panel).get(panelHi).op(i32.ltS).get(panel).get(fullPanels).op(i32.ltS, i32.and)
        }
        remain()
        f.if(() => {
          f.loop(() => {
            packB(width, shape.vectors)
            multiply(width, shape.vectors)
            f.get(packedB).get(bStep).op(i32.add).set(packedB)
            f.get(bColumn).i32(width).op(i32.mul).get(bPanel).op(i32.add).set(bPanel)
            f.get(cPanel)
              .i32(4 * width)
              .op(i32.add)
              .set(cPanel)
            f.get(panel).i32(1).op(i32.add).set(panel)
            remain()
            f.branchIf(0)
          })
        })
      }
      if (shape.lastColumns > 0) {
        const vectors = panelVectors(shape.lastColumns, widened)
        f.get(panel).get(panelHi).op(i32.ltS)
        f.if(() => {
          packB(shape.lastColumns, vectors)
          multiply(shape.lastColumns, vectors)
        })
      }
    }

    f.get(k).set(left)
    f.loop(() => {
      f.i32(chunk).set(now)
      minimum(f, now, now, left)
      // Packed panels of B are kept for the next block of A, unless there is none.
      f.get(now)
        .i32(4 * width)
        .op(i32.mul)
        .i32(0)
      f.get(rowHi).get(rowLo).op(i32.sub).i32(blocks).op(i32.gtS, control.select).set(bStep)
      f.get(rowLo).set(block)
      f.loop(() => {
        f.get(block).i32(blocks).op(i32.add).set(blockEnd)
        minimum(f, blockEnd, blockEnd, rowHi)
        if (shape.kindA) packA(shape.kindA)
        eachPanel()
        f.get(blockEnd).tee(block).get(rowHi).op(i32.ltS).branchIf(0)
      })
      f.get(a).get(now).get(aDepth).op(i32.mul, i32.add).set(a)
      f.get(b).get(now).get(bDepth).op(i32.mul, i32.add).set(b)
      f.i32(1).set(add)
      f.get(left).get(now).op(i32.sub).tee(left).branchIf(0)
    })
    return f
  })
}

type Eight = [Local, Local, Local, Local, Local, Local, Local, Local]
type Seven = [Local, Local, Local, Local, Local, Local, Local]

/** packedA = packedA + now * height * 4 */
function nextA(f: FunctionBuilder, packedA: Local, now: Local, height: number): void {
  f.get(now)
    .i32(4 * height)
    .op(i32.mul)
    .get(packedA)
    .op(i32.add)
    .set(packedA)
}
