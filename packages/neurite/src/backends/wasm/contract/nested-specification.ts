/** Contractions whose rows and depth are several loops each: convolutions, read from where the picture lies. */
import type { BatchLoop, ContractionSpec } from './specification.ts'
import { chunkLength } from './specification.ts'

/** A loop over rows: how far it moves A and C, in elements. */
export interface RowLoop {
  readonly size: number
  readonly a: number
  readonly c: number
}

/** A loop over the depth: how far it moves A and B, in elements. */
export interface DepthLoop {
  readonly size: number
  readonly a: number
  readonly b: number
}

/** Outermost loops first; strides of A are not negative, the columns of C are contiguous. */
export interface NestedSpec {
  readonly batch: readonly BatchLoop[]
  readonly rows: readonly RowLoop[]
  readonly depth: readonly DepthLoop[]
  readonly n: number
  readonly bColumn: number
}

/** Merges loops that are one loop in memory; at least one loop remains. */
function merge<L extends { readonly size: number }>(loops: readonly L[], strides: readonly (keyof L)[]): L[] {
  const merged: L[] = []
  for (const loop of loops) {
    if (loop.size === 1) continue
    const outer = merged.at(-1)
    const isOne = outer && strides.every((name) => (outer[name] as number) === (loop[name] as number) * loop.size)
    if (isOne) merged[merged.length - 1] = { ...loop, size: outer.size * loop.size }
    else merged.push(loop)
  }
  return merged.length > 0 ? merged : loops.slice(-1)
}

export function mergeLoops(spec: NestedSpec): NestedSpec {
  return { ...spec, rows: merge(spec.rows, ['a', 'c']), depth: merge(spec.depth, ['a', 'b']) }
}

/** The same contraction with one loop each, where that is possible. */
export function plainSpec({ batch, rows, depth, n, bColumn }: NestedSpec): ContractionSpec | undefined {
  const [row] = rows
  const [step] = depth
  if (rows.length > 1 || depth.length > 1 || !row || !step) return undefined
  return {
    m: row.size,
    n,
    k: step.size,
    batch,
    aRow: row.a,
    aDepth: step.a,
    bDepth: step.b,
    bColumn,
    cRow: row.c,
  }
}

/** Products that are summed in one go where the whole depth is no longer than this. */
const longestWhole = 640
/** Otherwise about this many. */
const usualChunk = 128

/**
 * How the depth is cut: the loops before `level` run one step at a time, the loop at `level` runs `length` steps at a time (fewer at
 * its end), the loops behind it run whole. Chunks are summed from zero and added in order. A function of the sizes alone.
 */
export interface Chunks {
  readonly level: number
  readonly length: number
}

export function chunksOf(sizes: readonly number[]): Chunks {
  const total = sizes.reduce((product, size) => product * size, 1)
  if (total <= longestWhole) return { level: 0, length: sizes[0]! }
  let inner = 1
  for (let level = sizes.length - 1; level >= 0; level--) {
    const size = sizes[level]!
    if (level === sizes.length - 1 && size > 3 * usualChunk) return { level, length: chunkLength(size) }
    if (inner * size > usualChunk || level === 0) {
      const steps = Math.max(1, Math.floor(usualChunk / inner))
      return { level, length: Math.ceil(size / Math.ceil(size / steps)) }
    }
    inner *= size
  }
  throw new Error('contract: a depth without loops')
}
