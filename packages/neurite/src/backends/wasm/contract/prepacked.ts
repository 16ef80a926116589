/**
 * Contractions whose B stays the same over many calls, as the weights of a recurrent network do: B is packed once, before the
 * calls. The order of the sums is that of the other ways, so no bit depends on which one is taken.
 */
import type { FunctionBuilder, FunctionReference, Local, ModuleBuilder } from '../assembler.ts'
import { I32, i32 } from '../opcodes.ts'
import type { ContractionOptions } from './body.ts'
import type { Contraction } from './emit-contraction.ts'
import { advance, countUp, minimum, rowBlocks } from './emit.ts'
import { microkernel, tileToEdge } from './microkernel.ts'
import type { Steps } from './microkernel.ts'
import { mergeLoops, plainSpec } from './nested-specification.ts'
import type { NestedSpec } from './nested-specification.ts'
import { packKind, packPanel, packSlack } from './pack.ts'
import { chunkLength, normalise } from './specification.ts'
import type { ContractionSpec } from './specification.ts'
import { panelVectors, panelVectorsFor, tileSize } from './tile.ts'

export interface PrepackedContraction extends Contraction {
  /** (b, packed, lo, hi): packs what the units from lo to hi read of B. The contraction takes `packed` as its b. */
  readonly pack: FunctionReference
  /** Whether units may be packed at the same time: packing writes nothing behind a panel. */
  readonly packsApart: boolean
}

/** More rows than this gain nothing: then packing is a small part of the work. */
const mostRows = 192

/** undefined where B is better read from where it lies. */
export function emitPrepacked(
  module: ModuleBuilder,
  nested: NestedSpec,
  options: ContractionOptions,
): PrepackedContraction | undefined {
  const plain = plainSpec(mergeLoops(nested))
  if (plain === undefined) return undefined
  const { spec, swapped } = normalise(plain)
  const { m, n, k, batch } = spec
  const pays = m <= mostRows && n >= 8 && k >= 8
  if (swapped || batch.length > 0 || !pays) return undefined
  return new PrepackedEmitter(module, spec, options).emit()
}

class PrepackedEmitter {
  private readonly module: ModuleBuilder
  private readonly spec: ContractionSpec
  private readonly options: ContractionOptions
  private readonly vectors: number
  /** Columns and vectors of the last panel, where it is not full. */
  private readonly lastColumns: number
  private readonly lastVectors: number
  private readonly fullPanels: number
  /** Bytes of one step of k in all panels. */
  private readonly stepBytes: number
  private readonly chunk: number

  constructor(module: ModuleBuilder, spec: ContractionSpec, options: ContractionOptions) {
    const { engine } = options
    this.module = module
    this.spec = spec
    this.options = options
    this.vectors = panelVectorsFor(spec.m, engine)
    const width = 4 * this.vectors
    this.lastColumns = spec.n % width
    this.lastVectors = panelVectors(this.lastColumns, engine.widened)
    this.fullPanels = Math.floor(spec.n / width)
    this.stepBytes = 16 * (this.fullPanels * this.vectors + this.lastVectors)
    this.chunk = chunkLength(spec.k)
  }

  emit(): PrepackedContraction {
    const { m } = this.spec
    const blocks = rowBlocks(m, tileSize(this.options.engine.tile).rows)
    const tileOffset = 64 * Math.ceil((4 * m * this.chunk + packSlack(blocks.height)) / 64)
    return {
      function: this.multiply(tileOffset),
      pack: this.pack(),
      packsApart: this.spec.k % 4 === 0,
      units: this.fullPanels + (this.lastColumns > 0 ? 1 : 0),
      scratchBytes: tileOffset + 16 * blocks.height * this.vectors,
    }
  }

  /** Runs `body` for each chunk of k; `now` holds its length. */
  private eachChunk(f: FunctionBuilder, now: Local, body: () => void): void {
    const left = f.local(I32)
    f.i32(this.spec.k).set(left)
    f.loop(() => {
      f.i32(this.chunk).set(now)
      minimum(f, now, now, left)
      body()
      f.get(left).get(now).op(i32.sub).tee(left).branchIf(0)
    })
  }

  private pack(): FunctionReference {
    const { module, spec, vectors, fullPanels, lastColumns, lastVectors } = this
    const f = module.function([I32, I32, I32, I32])
    const [b, target, lo, hi] = [0, 1, 2, 3]
    const [now, source, packed, panel, end] = f.localsOf(I32, 5) as [Local, Local, Local, Local, Local]
    const kind = packKind(spec.bColumn, spec.bDepth)
    const one = (columns: number, wide: number): void => {
      f.get(source).get(packed).get(now)
      f.i32(4 * spec.bColumn)
        .i32(4 * spec.bDepth)
        .call(packPanel(module, kind, 4 * wide, columns))
      advance(f, source, 16 * vectors * spec.bColumn)
      advanceBySteps(f, packed, now, 16 * vectors)
    }
    this.eachChunk(f, now, () => {
      f.get(b)
        .get(lo)
        .i32(16 * vectors * spec.bColumn)
        .op(i32.mul, i32.add)
        .set(source)
      f.get(target)
        .get(lo)
        .get(now)
        .i32(16 * vectors)
        .op(i32.mul, i32.mul, i32.add)
        .set(packed)
      f.get(lo).set(panel).i32(fullPanels).set(end)
      minimum(f, end, end, hi)
      countUp(f, panel, end, () => one(4 * vectors, vectors))
      if (lastColumns > 0)
        f.get(panel)
          .get(hi)
          .op(i32.ltS)
          .if(() => one(lastColumns, lastVectors))
      advanceBySteps(f, b, now, 4 * spec.bDepth)
      advanceBySteps(f, target, now, this.stepBytes)
    })
    return f
  }

  private multiply(tileOffset: number): FunctionReference {
    const { module, spec, options, vectors, fullPanels, lastColumns, lastVectors } = this
    const { m, aRow, aDepth, cRow } = spec
    const f = module.function([I32, I32, I32, I32, I32, I32])
    const [a, b, c, scratch, lo, hi] = [0, 1, 2, 3, 4, 5]
    const [now, add, source, packedA, panel, end] = f.localsOf(I32, 6) as [Local, Local, Local, Local, Local, Local]
    const [bPanel, cPanel, cTile, block, limit] = f.localsOf(I32, 5) as [Local, Local, Local, Local, Local]
    const blocks = rowBlocks(m, tileSize(options.engine.tile).rows)
    // One row is read where it lies.
    const steps: Steps | undefined = m === 1 ? { row: 0, depth: 4 * aDepth } : undefined
    const eachBlock = (body: (height: number) => void): void => {
      f.get(steps ? a : scratch).set(packedA)
      f.i32(0).set(block)
      const some = (count: number, height: number): void => {
        f.i32(count).set(limit)
        countUp(f, block, limit, () => {
          body(height)
          advanceBySteps(f, packedA, now, 4 * height)
        })
      }
      some(blocks.tall, blocks.height)
      if (blocks.tall < blocks.count) some(blocks.count, blocks.height - 1)
    }
    const panelTimes = (columns: number, wide: number): void => {
      f.get(cPanel).set(cTile)
      const whole = columns === 4 * wide
      eachBlock((height) => {
        f.get(packedA).get(bPanel)
        if (whole)
          f.get(cTile)
            .get(now)
            .i32(4 * cRow)
            .get(add)
        else
          f.get(scratch)
            .i32(tileOffset)
            .op(i32.add)
            .get(now)
            .i32(16 * wide)
            .i32(0)
        f.call(microkernel(module, height, wide, options.fused, steps))
        if (!whole) {
          f.get(scratch).i32(tileOffset).op(i32.add).get(cTile)
          f.i32(height)
            .i32(4 * cRow)
            .get(add)
            .call(tileToEdge(module, wide, columns))
        }
        advance(f, cTile, 4 * cRow * height)
      })
      advanceBySteps(f, bPanel, now, 16 * wide)
      advance(f, cPanel, 16 * wide)
    }
    f.get(lo)
      .get(hi)
      .op(i32.ltS)
      .if(() => {
        this.eachChunk(f, now, () => {
          f.get(a).set(source)
          if (steps === undefined)
            eachBlock((height) => {
              f.get(source).get(packedA).get(now)
              f.i32(4 * aRow)
                .i32(4 * aDepth)
                .call(packPanel(module, packKind(aRow, aDepth), height, height))
              advance(f, source, 4 * aRow * height)
            })
          f.get(b).set(bPanel)
          f.get(bPanel)
            .get(lo)
            .get(now)
            .i32(16 * vectors)
            .op(i32.mul, i32.mul, i32.add)
            .set(bPanel)
          f.get(c)
            .get(lo)
            .i32(16 * vectors)
            .op(i32.mul, i32.add)
            .set(cPanel)
          f.get(lo).set(panel).i32(fullPanels).set(end)
          minimum(f, end, end, hi)
          countUp(f, panel, end, () => panelTimes(4 * vectors, vectors))
          if (lastColumns > 0)
            f.get(panel)
              .get(hi)
              .op(i32.ltS)
              .if(() => panelTimes(lastColumns, lastVectors))
          advanceBySteps(f, a, now, 4 * aDepth)
          advanceBySteps(f, b, now, this.stepBytes)
          f.i32(1).set(add)
        })
      })
    return f
  }
}

/** target = target + now * bytes */
function advanceBySteps(f: FunctionBuilder, target: Local, now: Local, bytes: number): void {
  f.get(now).i32(bytes).op(i32.mul).get(target).op(i32.add).set(target)
}
