import type { RandomStream } from 'neurite'

/** Random square matrices that turn and mirror but never stretch, one below the other: [count size, size]. */
export function orthogonalBlocks(stream: RandomStream, size: number, count: number): Float32Array {
  const result = new Float32Array(count * size * size)
  for (let block = 0; block < count; block++) {
    const rows: Float64Array[] = []
    while (rows.length < size) {
      const row = new Float64Array(size)
      stream.fillNormal(row)
      // What earlier rows already say is taken out, twice because of rounding.
      for (const other of [...rows, ...rows]) subtract(row, other, dot(row, other))
      const length = Math.sqrt(dot(row, row))
      if (length < 1e-6) continue
      rows.push(row.map((value) => value / length))
    }
    for (const [i, row] of rows.entries()) result.set(row, (block * size + i) * size)
  }
  return result
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0)
}

function subtract(from: Float64Array, row: Float64Array, factor: number): void {
  for (let i = 0; i < from.length; i++) from[i] = from[i]! - factor * row[i]!
}
