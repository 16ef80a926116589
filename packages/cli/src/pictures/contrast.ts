import type { GreyPicture } from './grey-picture.ts'

/** What most of a picture's border shows, and how much the border differs from it (but for its odd quarter). */
export function background({ pixels, width, height }: GreyPicture): { level: number; spread: number } {
  const border: number[] = []
  for (let column = 0; column < width; column++) border.push(pixels[column]!, pixels[(height - 1) * width + column]!)
  for (let row = 0; row < height; row++) border.push(pixels[row * width]!, pixels[row * width + width - 1]!)
  border.sort((a, b) => a - b)
  const level = border[Math.floor(border.length / 2)]!
  const distances = border.map((value) => Math.abs(value - level)).sort((a, b) => a - b)
  return { level, spread: distances[Math.floor(0.75 * (distances.length - 1))]! }
}

/** How far each pixel is from the background, brighter or darker; the furthest is 1. */
export function contrast(picture: GreyPicture): GreyPicture {
  const { level } = background(picture)
  const pixels = Float32Array.from(picture.pixels, (value) => Math.abs(value - level))
  const most = pixels.reduce((a, b) => Math.max(a, b), 0) || 1
  return { ...picture, pixels: pixels.map((value) => value / most) }
}
