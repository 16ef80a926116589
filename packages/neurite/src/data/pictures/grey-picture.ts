/** Brightness, or the amount of ink, from 0 to 1, row by row. */
export interface GreyPicture {
  readonly pixels: Float32Array
  readonly width: number
  readonly height: number
}

/** A part of a picture, in pixels. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/**
 * The rectangle that holds every pixel of at least `least`; undefined where there is none.
 *
 * @example
 * ```ts
 * import { inkBox } from 'neurite/data'
 *
 * const pixels = Float32Array.of(0, 0, 0, 0, 1, 1)
 * console.log(inkBox({ pixels, width: 3, height: 2 }, 0.5)) // → { left: 1, top: 1, width: 2, height: 1 }
 * ```
 */
export function inkBox({ pixels, width, height }: GreyPicture, least: number): Box | undefined {
  let [left, right, top, bottom] = [width, -1, height, -1]
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (pixels[row * width + column]! < least) continue
      left = Math.min(left, column)
      right = Math.max(right, column)
      top = Math.min(top, row)
      bottom = Math.max(bottom, row)
    }
  }
  return right < 0 ? undefined : { left, top, width: right - left + 1, height: bottom - top + 1 }
}

/**
 * The part of a picture inside a box; what lies outside of the picture is 0.
 *
 * @example
 * ```ts
 * import { cutPicture } from 'neurite/data'
 *
 * const picture = { pixels: Float32Array.of(1, 2, 3, 4), width: 2, height: 2 }
 * console.log(cutPicture(picture, { left: 1, top: 1, width: 2, height: 1 }).pixels) // → Float32Array(2) [ 4, 0 ]
 * ```
 */
export function cutPicture(picture: GreyPicture, { left, top, width, height }: Box): GreyPicture {
  const pixels = new Float32Array(width * height)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [fromRow, fromColumn] = [top + row, left + column]
      if (fromRow < 0 || fromColumn < 0 || fromRow >= picture.height || fromColumn >= picture.width) continue
      pixels[row * width + column] = picture.pixels[fromRow * picture.width + fromColumn]!
    }
  }
  return { pixels, width, height }
}
