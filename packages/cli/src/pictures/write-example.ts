import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TensorDataset } from 'neurite/data'
import { PNG } from 'pngjs'

/** How many pixels of the file one pixel of the data becomes in each direction. */
const zoom = 8

/** Writes the first test picture as a PNG file, black on white, and gives its path. */
export function writeExample(folder: string, test: TensorDataset): string {
  const [height, width] = test.inputShape.slice(-2) as [number, number]
  const { input } = test.example(0)
  const png = new PNG({ width: zoom * width, height: zoom * height })
  for (let i = 0; i < png.width * png.height; i++) {
    const [row, column] = [Math.floor(i / png.width / zoom), Math.floor((i % png.width) / zoom)]
    const value = Math.round(255 * (1 - input[row * width + column]!))
    png.data.set([value, value, value, 255], 4 * i)
  }
  const path = join(folder, 'example.png')
  writeFileSync(path, PNG.sync.write(png))
  return path
}
