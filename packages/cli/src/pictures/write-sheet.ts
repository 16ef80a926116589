import { writeFileSync } from 'node:fs'
import { PNG } from 'pngjs'

export interface SheetOptions {
  /** Pixels of one picture in each direction. */
  readonly side: number
  /** Pictures in a row. */
  readonly columns: number
  /** How many pixels of the file one pixel of a picture becomes in each direction; 2 by default. */
  readonly zoom?: number
}

/** Pixels between two pictures. */
const gap = 2

/** Writes square pictures (0 paper, 1 ink) in rows as one PNG file, black on white. */
export function writeSheet(path: string, pixels: Float32Array, { side, columns, zoom = 2 }: SheetOptions): void {
  const count = pixels.length / (side * side)
  const rows = Math.ceil(count / columns)
  const step = side * zoom + gap
  const png = new PNG({ width: columns * step + gap, height: rows * step + gap })
  png.data.fill(255)
  for (let i = 0; i < count; i++) {
    const [left, top] = [gap + (i % columns) * step, gap + Math.floor(i / columns) * step]
    for (let y = 0; y < side * zoom; y++) {
      for (let x = 0; x < side * zoom; x++) {
        const ink = pixels[i * side * side + Math.floor(y / zoom) * side + Math.floor(x / zoom)]!
        const value = Math.round(255 * (1 - Math.max(0, Math.min(1, ink))))
        png.data.fill(value, 4 * ((top + y) * png.width + left + x), 4 * ((top + y) * png.width + left + x) + 3)
      }
    }
  }
  writeFileSync(path, PNG.sync.write(png))
}
