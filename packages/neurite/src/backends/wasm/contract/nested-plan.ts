/** How a contraction over nested loops is cut into tiles, panels and chunks, and what each thread keeps in its scratch memory. */
import { rowBlocks } from './emit.ts'
import type { RowBlocks } from './emit.ts'
import { chunksOf } from './nested-specification.ts'
import type { DepthLoop, NestedSpec, RowLoop } from './nested-specification.ts'
import { packSlack } from './pack.ts'
import { panelVectors, tileSize } from './tile.ts'
import type { EngineTraits } from './tile.ts'

export interface NestedPlan {
  /** Vectors of a full panel, panels, and the columns of the last one. */
  readonly vectors: number
  readonly panels: number
  readonly lastColumns: number
  /** The loop over rows that tiles are cut from, and the others. */
  readonly run: RowLoop
  readonly outerRows: readonly RowLoop[]
  readonly blocks: RowBlocks
  /** How many runs there are. */
  readonly runs: number
  /** Loops over the depth: outside of a chunk, the one that is cut `chunk` steps at a time, and those inside, with their size. */
  readonly outer: readonly DepthLoop[]
  readonly cut: DepthLoop
  readonly chunk: number
  readonly inner: readonly DepthLoop[]
  readonly innerSize: number
  /** Whether B is read where it lies, or else the bytes of a packed panel. */
  readonly inPlace: boolean
  readonly panelBytes: number
  readonly packedB: number
  /** Whether tiles of A are packed, and the bytes of one. */
  readonly packsA: boolean
  readonly tileBytes: number
  /** Runs that share each panel, and where the table of them lies in the scratch memory. */
  readonly group: number
  readonly table: number
  readonly scratchBytes: number
}

/** One panel serves runs of up to so many rows in turn, and bytes of A: they stay in the first-level cache with it. */
const [sharedRows, sharedBytes] = [32, 28_000]
/** A run in the table: the addresses of its first tile in A and C, the number of that tile, and of the end. */
export const entryBytes = 16

/** Tiles are cut from the innermost loop over rows, unless that wastes more registers than `enough` and another loop does not. */
function tileLoop(rows: readonly RowLoop[], height: number, enough: number): number {
  const use = ({ size }: RowLoop): number => size / (Math.ceil(size / height) * height)
  let best = rows.length - 1
  if (use(rows[best]!) >= enough) return best
  for (const [i, loop] of rows.entries()) if (use(loop) > use(rows[best]!) + 0.1) best = i
  return best
}

export function planNested(spec: NestedSpec, engine: EngineTraits): NestedPlan {
  const { n, depth, bColumn } = spec
  const { widened } = engine
  const tile = tileSize(engine.tile)
  const vectors = Math.min(tile.vectors, panelVectors(n, widened))
  const width = 4 * vectors
  const panels = Math.ceil(n / width)
  // From measurements: rows further apart cost the faster, widened code more than a low tile does.
  const at = tileLoop(spec.rows, tile.rows, widened ? 0.8 : 0.9)
  const run = spec.rows[at]!
  const outerRows = spec.rows.filter((_, i) => i !== at)
  const blocks = rowBlocks(run.size, tile.rows)
  const runs = outerRows.reduce((product, { size }) => product * size, 1)

  const chunks = chunksOf(depth.map(({ size }) => size))
  const cut = depth[chunks.level]!
  const inner = depth.slice(chunks.level + 1)
  const innerSize = inner.reduce((product, { size }) => product * size, 1)
  const longest = chunks.length * innerSize
  // B can stay where it is if one stride leads through its whole chunk and no vector reaches past a row. Panels of 8 columns
  // use half of each cache line, and lines a power of two apart push each other out: there many tiles pay for packing.
  const isStraight = [cut, ...inner].every(({ b, size }, i, all) => i === 0 || all[i - 1]!.b === b * size)
  const fits = bColumn === 1 && isStraight && n % (widened ? 8 : 4) === 0 && chunks.length < cut.size
  const inPlace = fits && (widened || runs * blocks.count < 32)
  const panelBytes = longest * width * 4
  const packedB = inPlace ? 0 : panels * panelBytes + packSlack(width)
  // Rows that are neighbours in memory are steps far apart: packed, they cost one pass instead of one per panel.
  const packsA = run.a === 1 && n >= 32
  const tileBytes = packsA ? 4 * longest * blocks.height + packSlack(blocks.height) : 0
  const { size } = run
  const together = Math.floor(Math.min(sharedRows / size, sharedBytes / (4 * size * longest)))
  const group = packsA ? 1 : Math.max(1, together)
  const table = 4 * Math.ceil((packedB + tileBytes * blocks.count) / 4)
  const [outer, chunk, lastColumns] = [depth.slice(0, chunks.level), chunks.length, n - (panels - 1) * width]
  const scratchBytes = table + entryBytes * group
  const rows = { run, outerRows, blocks, runs }
  const steps = { outer, cut, chunk, inner, innerSize }
  const packing = { inPlace, panelBytes, packedB, packsA, tileBytes }
  return { vectors, panels, lastColumns, ...rows, ...steps, ...packing, group, table, scratchBytes }
}
