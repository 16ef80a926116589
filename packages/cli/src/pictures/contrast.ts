import { type GreyPicture, pictureBackground } from 'neurite/data'

/** How far each pixel is from the background, brighter or darker; the furthest is 1. */
export function contrast(picture: GreyPicture): GreyPicture {
  const { level } = pictureBackground(picture)
  const pixels = Float32Array.from(picture.pixels, (value) => Math.abs(value - level))
  const most = pixels.reduce((a, b) => Math.max(a, b), 0) || 1
  return { ...picture, pixels: pixels.map((value) => value / most) }
}
