import type { GreyPicture } from './grey-picture.ts'
import type { ColourPicture } from './read-png.ts'

/** Brightness from 0 (black) to 1 (white). What is transparent shows a background that the opaque part stands out from. */
export function toGrey({ width, height, rgba }: ColourPicture): GreyPicture {
  const pixels = new Float32Array(width * height)
  let [sum, opacity] = [0, 0]
  for (let i = 0; i < pixels.length; i++) {
    // The weights of ITU-R BT.601: how bright the eye finds red, green and blue.
    pixels[i] = (0.299 * rgba[4 * i]! + 0.587 * rgba[4 * i + 1]! + 0.114 * rgba[4 * i + 2]!) / 255
    const alpha = rgba[4 * i + 3]! / 255
    sum += alpha * pixels[i]!
    opacity += alpha
  }
  const ground = sum / opacity > 0.5 ? 0 : 1
  for (let i = 0; i < pixels.length; i++) {
    const alpha = rgba[4 * i + 3]! / 255
    pixels[i] = alpha * pixels[i]! + (1 - alpha) * ground
  }
  return { pixels, width, height }
}
