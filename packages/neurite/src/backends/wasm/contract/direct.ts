/**
 * Contractions that read A, and B where its rows are contiguous, from where they lie: small ones, where packing would cost
 * more than it saves, and those with few rows.
 */
import type { FunctionBuilder, Local, ModuleBuilder } from '../assembler.ts'
import { f32x4, I32, i32, V128 } from '../opcodes.ts'
import {
  advance,
  blockStart,
  countUp,
  loadLanes,
  loopOverDepth,
  minimum,
  multiplyAdd,
  rowBlocks,
  storeLanes,
  unroll,
} from './emit.ts'
import { packKind, packPanel, packSlack } from './pack.ts'
import type { Body, ContractionOptions } from './body.ts'
import { chunkLength } from './specification.ts'
import type { ContractionSpec } from './specification.ts'
import { tileSize } from './tile.ts'

/** Fewer rows leave registers for wider panels. */
function directTile(spec: ContractionSpec, options: ContractionOptions): { rows: number; vectors: number } {
  const vectors = Math.ceil(spec.n / 4)
  const rows = Math.min(spec.m, Math.min(tileSize(options.engine.tile).rows, 4))
  const widest = rows === 1 ? 6 : rows === 2 ? 4 : rows === 3 ? 3 : 2
  if (rows === 4 && vectors === 3) return { rows: 3, vectors }
  return { rows, vectors: Math.min(vectors, widest) }
}

export function directBody(module: ModuleBuilder, spec: ContractionSpec, options: ContractionOptions): Body {
  const { m, n, k } = spec
  const tile = directTile(spec, options)
  const blocks = rowBlocks(m, tile.rows)
  const width = 4 * tile.vectors
  const panels = Math.ceil(n / width)
  const lastColumns = n - (panels - 1) * width
  const packed = spec.bColumn !== 1
  const large = m * n * k > 30_000
  const split = !large ? 'none' : panels >= blocks.count ? 'columns' : 'rows'

  return {
    units: split === 'columns' ? panels : split === 'rows' ? blocks.count : 1,
    scratchBytes: packed ? k * width * 4 + packSlack(width) : 0,
    emit(f, locals) {
      const [panel, panelEnd, aRows, cRows, b, c, block, blockEnd] = f.localsOf(I32, 8) as BodyCounters
      const tiles = new TileEmitter(f, spec, options, packed ? width : spec.bDepth)

      const source = packed ? locals.scratch : b
      const rows = (columns: number): void => {
        const part = (height: number, limit: number): void => {
          f.i32(limit).set(blockEnd)
          if (split === 'rows') minimum(f, blockEnd, blockEnd, locals.hi)
          countUp(f, block, blockEnd, () => {
            tiles.emit(aRows, source, cRows, height, columns)
            advance(f, aRows, height * spec.aRow * 4)
            advance(f, cRows, height * spec.cRow * 4)
          })
        }
        f.get(locals.a).set(aRows).get(c).set(cRows)
        if (split !== 'rows' && blocks.count === 1) {
          tiles.emit(aRows, source, cRows, blocks.height, columns)
          return
        }
        if (split === 'rows') {
          f.get(locals.lo).set(block)
          blockStart(f, block, blocks.height, () => f.i32(blocks.tall))
          f.set(aRows)
          place(f, cRows, aRows, spec.cRow * 4, c)
          place(f, aRows, aRows, spec.aRow * 4, locals.a)
        } else f.i32(0).set(block)
        part(blocks.height, blocks.tall)
        if (blocks.tall < blocks.count) part(blocks.height - 1, blocks.count)
      }

      const column = (columns: number): void => {
        if (packed && k > 0) {
          const pack = packPanel(module, packKind(spec.bColumn, spec.bDepth), 4 * Math.ceil(columns / 4), columns)
          f.get(b).get(locals.scratch).i32(k)
          f.i32(spec.bColumn * 4)
            .i32(spec.bDepth * 4)
            .call(pack)
        }
        tiles.bStep = packed ? 4 * Math.ceil(columns / 4) : spec.bDepth
        rows(columns)
      }

      if (panels === 1) {
        f.get(locals.b).set(b).get(locals.c).set(c)
        column(n)
        return
      }
      if (split === 'columns') f.get(locals.lo)
      else f.i32(0)
      f.set(panel)
      place(f, b, panel, width * spec.bColumn * 4, locals.b)
      place(f, c, panel, width * 4, locals.c)
      f.i32(panels - 1).set(panelEnd)
      if (split === 'columns') minimum(f, panelEnd, panelEnd, locals.hi)
      countUp(f, panel, panelEnd, () => {
        column(width)
        advance(f, b, width * spec.bColumn * 4)
        advance(f, c, width * 4)
      })
      if (split === 'columns')
        f.get(panel)
          .get(locals.hi)
          .op(i32.ltS)
          .if(() => column(lastColumns))
      else column(lastColumns)
    },
  }
}

type BodyCounters = [Local, Local, Local, Local, Local, Local, Local, Local]

/** target = base + index * step */
function place(f: FunctionBuilder, target: Local, index: Local, step: number, base: Local): void {
  f.get(index).i32(step).op(i32.mul).get(base).op(i32.add).set(target)
}

/** Writes the code of one tile of C. */
class TileEmitter {
  /** Elements from one row of the panel of B to the next. */
  bStep: number
  private readonly f: FunctionBuilder
  private readonly spec: ContractionSpec
  private readonly options: ContractionOptions
  private readonly sums: Local[] = []
  private readonly row: Local[] = []
  private readonly value: Local
  private readonly pointers: [Local, Local, Local]
  private readonly left: Local
  private readonly steps: Local
  private readonly aStep: Local

  constructor(f: FunctionBuilder, spec: ContractionSpec, options: ContractionOptions, bStep: number) {
    this.f = f
    this.spec = spec
    this.options = options
    this.bStep = bStep
    this.value = f.local(V128)
    this.pointers = f.localsOf(I32, 3) as [Local, Local, Local]
    this.left = f.local(I32)
    this.steps = f.local(I32)
    this.aStep = f.local(I32)
  }

  emit(aRows: Local, b: Local, cRows: Local, height: number, columns: number): void {
    const { f, spec } = this
    const [aAt, bAt, cAt] = this.pointers
    const vectors = Math.ceil(columns / 4)
    while (this.sums.length < height * vectors) this.sums.push(f.local(V128))
    while (this.row.length < vectors) this.row.push(f.local(V128))
    const steps = Math.min(unroll, spec.k)

    // Constant offsets of memory instructions are unsigned: start at the lowest address that the tile touches.
    const low = (stride: number, count: number): number => Math.min(0, stride * (count - 1)) * 4
    const aLow = low(spec.aRow, height)
    const bLow = low(this.bStep, steps)
    const cLow = low(spec.cRow, height)
    f.get(aRows).i32(aLow).op(i32.add).set(aAt)
    f.get(b).i32(bLow).op(i32.add).set(bAt)
    f.get(cRows).i32(cLow).op(i32.add).set(cAt)

    const step = (depth: number): void => {
      for (let v = 0; v < vectors; v++)
        f.get(bAt)
          .mem('v128Load', depth * this.bStep * 4 - bLow + 16 * v)
          .set(this.row[v]!)
      // The same offsets in every step: see the microkernel.
      if (depth > 0)
        f.get(aAt)
          .i32(depth * spec.aDepth * 4)
          .op(i32.add)
          .set(this.aStep)
      for (let i = 0; i < height; i++) {
        f.get(depth > 0 ? this.aStep : aAt)
          .mem('v128Load32Splat', i * spec.aRow * 4 - aLow)
          .set(this.value)
        for (let v = 0; v < vectors; v++)
          multiplyAdd(f, this.value, this.row[v]!, this.sums[i * vectors + v]!, this.options.fused)
      }
    }
    const sumUp = (): void => {
      for (let s = 0; s < height * vectors; s++) f.f32x4(0).set(this.sums[s]!)
      if (spec.k === 0) return
      loopOverDepth(f, this.steps, steps, step, () => {
        advance(f, aAt, steps * spec.aDepth * 4)
        advance(f, bAt, steps * this.bStep * 4)
      })
    }
    const eachSum = (body: (sum: Local, lanes: number, offset: number) => void): void => {
      for (let i = 0; i < height; i++)
        for (let v = 0; v < vectors; v++)
          body(this.sums[i * vectors + v]!, columns - 4 * v, i * spec.cRow * 4 - cLow + 16 * v)
    }
    const store = (): void => eachSum((sum, lanes, offset) => storeLanes(f, cAt, sum, lanes, offset))

    const chunk = chunkLength(spec.k)
    if (chunk === spec.k) {
      f.i32(spec.k).set(this.steps)
      sumUp()
      store()
      return
    }
    f.i32(spec.k).set(this.left)
    f.loop(() => {
      f.i32(chunk).set(this.steps)
      minimum(f, this.steps, this.steps, this.left)
      f.get(this.left).i32(spec.k).op(i32.ne)
      f.get(this.left).get(this.steps).op(i32.sub).set(this.left)
      sumUp()
      // The last round of the loop over k may end before its pointers move; chunks are whole rounds, except the last one.
      advance(f, aAt, unroll * spec.aDepth * 4)
      advance(f, bAt, unroll * this.bStep * 4)
      // The comparison of above is still on the stack: chunks after the first add to C.
      f.if(() => {
        eachSum((sum, lanes, offset) => {
          loadLanes(f, cAt, lanes, offset)
          f.get(sum).op(f32x4.add).set(sum)
        })
      })
      store()
      f.get(this.left).branchIf(0)
    })
  }
}
