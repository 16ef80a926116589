/** Rows by columns of C that one microkernel keeps in registers. */
export type Tile = '4x8' | '5x8' | '6x8' | '4x16' | '5x16' | '6x16'

/** What the code generator needs to know about the engine that will compile the module. */
export interface EngineTraits {
  readonly tile: Tile
  /** Pairs of vectors become one 256-bit register, which works only for even numbers of full vectors. */
  readonly widened: boolean
}

export interface EngineFeatures {
  /** Major version of V8 (11 in Node 20, 12 in Node 22, 13 in Node 24), undefined in other engines. */
  readonly v8Major?: number | undefined
  /** V8 runs with revectorisation. */
  readonly widened: boolean
  readonly fused: boolean
}

/** The tile that an engine runs fastest. It never changes a result, only the time. */
export function chooseTile(features: EngineFeatures): EngineTraits {
  const { v8Major, widened, fused } = features
  if (widened) return { tile: fused ? '6x16' : '5x16', widened }
  // V8 before 13 loads all values of a step before it uses them, so a larger tile runs out of registers.
  if (v8Major === undefined || v8Major < 13) return { tile: '4x8', widened }
  // A product that is not fused needs a register of its own.
  return { tile: fused ? '6x8' : '5x8', widened }
}

export interface TileSize {
  readonly rows: number
  readonly vectors: number
}

export function tileSize(tile: Tile): TileSize {
  const [rows, columns] = tile.split('x').map(Number)
  return { rows: rows!, vectors: columns! / 4 }
}

/** Vectors of a panel: few rows multiply wider ones, so that there are enough sums to hide the latency of an addition. */
export function panelVectorsFor(rows: number, { tile, widened }: EngineTraits): number {
  const wide = widened ? [16, 8, 4] : [6, 4, 3]
  return wide[rows - 1] ?? tileSize(tile).vectors
}

/** A panel is as narrow as its columns allow; in widened code it keeps an even number of vectors. */
export function panelVectors(columns: number, widened: boolean): number {
  const vectors = Math.ceil(columns / 4)
  return widened ? 2 * Math.ceil(vectors / 2) : vectors
}
