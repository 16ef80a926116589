import type { GreyPicture } from './grey-picture.ts'

/**
 * A picture of another size. Every new pixel is a weighted mean of those near it, so thin lines do not get lost.
 *
 * @example
 * ```ts
 * import { resizePicture } from 'neurite/data'
 *
 * const picture = { pixels: Float32Array.of(1, 1, 1, 1), width: 2, height: 2 }
 * console.log(resizePicture(picture, 1, 1).pixels) // → Float32Array(1) [ 1 ]
 * ```
 */
export function resizePicture(picture: GreyPicture, width: number, height: number): GreyPicture {
  if (width === picture.width && height === picture.height) return picture
  const columns = weights(picture.width, width)
  const rows = weights(picture.height, height)
  const narrow = new Float32Array(width * picture.height)
  for (let row = 0; row < picture.height; row++) {
    for (let column = 0; column < width; column++) {
      let sum = 0
      const { first, factors } = columns[column]!
      for (let k = 0; k < factors.length; k++) sum += factors[k]! * picture.pixels[row * picture.width + first + k]!
      narrow[row * width + column] = sum
    }
  }
  const pixels = new Float32Array(width * height)
  for (let row = 0; row < height; row++) {
    const { first, factors } = rows[row]!
    for (let column = 0; column < width; column++) {
      let sum = 0
      for (let k = 0; k < factors.length; k++) sum += factors[k]! * narrow[(first + k) * width + column]!
      pixels[row * width + column] = sum
    }
  }
  return { pixels, width, height }
}

/** For each new pixel: the first old one that counts, and the factors from there on (a triangle that adds up to 1). */
function weights(from: number, to: number): { first: number; factors: number[] }[] {
  const step = from / to
  const reach = Math.max(1, step)
  return Array.from({ length: to }, (_, index) => {
    const centre = (index + 0.5) * step
    const first = Math.max(0, Math.floor(centre - reach))
    const last = Math.min(from - 1, Math.ceil(centre + reach))
    const raw = Array.from({ length: last - first + 1 }, (_, k) =>
      Math.max(0, 1 - Math.abs(first + k + 0.5 - centre) / reach),
    )
    const total = raw.reduce((sum, factor) => sum + factor, 0)
    return { first, factors: raw.map((factor) => factor / total) }
  })
}
