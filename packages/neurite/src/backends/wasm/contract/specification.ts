/** One outer loop around a contraction: how often it runs and how far it moves each operand, in elements. */
export interface BatchLoop {
  readonly size: number
  readonly a: number
  readonly b: number
  readonly c: number
}

/**
 * C[i, j] = sum over k of A[i, k] B[k, j], for every index of the batch loops. Strides are in elements and may be zero
 * (broadcast) or negative; the columns of C are contiguous.
 */
export interface ContractionSpec {
  readonly m: number
  readonly n: number
  readonly k: number
  /** Outermost loop first. */
  readonly batch: readonly BatchLoop[]
  readonly aRow: number
  readonly aDepth: number
  readonly bDepth: number
  readonly bColumn: number
  readonly cRow: number
}

/** The longest run of products that is summed into one accumulator before it is added to C. */
const longestChunk = 384

/**
 * K is cut into chunks of this length. Each chunk is summed from zero in the order of k, and the sums of the chunks are
 * added in order. The length depends on nothing but K: that makes the bits the same on every engine.
 */
export function chunkLength(k: number): number {
  if (k <= longestChunk) return k
  const chunks = Math.ceil(k / longestChunk)
  return 4 * Math.ceil(k / chunks / 4)
}

export interface Normalised {
  readonly spec: ContractionSpec
  /** A and B have changed places. */
  readonly swapped: boolean
}

/**
 * Whether a normalised contraction is computed as scalar products, whose lanes run along k. The order of the sums differs from
 * that of the others, so this depends on shapes and strides alone.
 */
export function isDot(spec: ContractionSpec): boolean {
  const few = Math.min(spec.m, spec.n)
  return spec.aDepth === 1 && spec.bDepth === 1 && few <= 4 && spec.k >= 16 * few
}

/** Merges batch loops that are one loop in memory, and a batch that is just more rows, so that fewer loops remain. */
export function normalise(spec: ContractionSpec): Normalised {
  const batch: BatchLoop[] = []
  for (const loop of spec.batch) {
    if (loop.size === 1) continue
    const outer = batch[batch.length - 1]
    const size = loop.size
    if (outer && outer.a === loop.a * size && outer.b === loop.b * size && outer.c === loop.c * size) {
      batch[batch.length - 1] = { ...loop, size: outer.size * size }
    } else batch.push(loop)
  }
  const { n, k, aDepth, bDepth, bColumn } = spec
  let { m, aRow, cRow } = spec
  for (let inner = batch.at(-1); inner; inner = batch.at(-1)) {
    if (m === 1) {
      if (inner.b !== 0) break
      aRow = inner.a
      cRow = inner.c
    } else if (inner.b !== 0 || inner.a !== m * aRow || inner.c !== m * cRow) break
    m *= inner.size
    batch.pop()
  }
  const normal = { m, n, k, batch, aRow, aDepth, bDepth, bColumn, cRow }
  if (n !== 1 || m === 1 || cRow !== 1) return { spec: normal, swapped: false }
  // One column is one row of the transposed product, and rows are what the kernels vectorise.
  const turned = batch.map(({ size, a, b, c }) => ({ size, a: b, b: a, c }))
  return {
    spec: { m: 1, n: m, k, batch: turned, aRow: bColumn, aDepth: bDepth, bDepth: aDepth, bColumn: aRow, cRow: m },
    swapped: true,
  }
}
