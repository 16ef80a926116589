import type { GreyPicture } from './grey-picture.ts'

/**
 * What most of a picture's border shows, and how much the border differs from it (but for its odd quarter).
 *
 * @example
 * ```ts
 * import { pictureBackground } from 'neurite/data'
 *
 * const pixels = Float32Array.of(1, 1, 1, 1, 0, 1, 1, 1, 1)
 * console.log(pictureBackground({ pixels, width: 3, height: 3 })) // → { level: 1, spread: 0 }
 * ```
 */
export function pictureBackground({ pixels, width, height }: GreyPicture): { level: number; spread: number } {
  const border: number[] = []
  for (let column = 0; column < width; column++) border.push(pixels[column]!, pixels[(height - 1) * width + column]!)
  for (let row = 0; row < height; row++) border.push(pixels[row * width]!, pixels[row * width + width - 1]!)
  border.sort((a, b) => a - b)
  const level = border[Math.floor(border.length / 2)]!
  const distances = border.map((value) => Math.abs(value - level)).sort((a, b) => a - b)
  return { level, spread: distances[Math.floor(0.75 * (distances.length - 1))]! }
}
