import { cut } from './grey-picture.ts'
import type { GreyPicture } from './grey-picture.ts'
import { resize } from './resize.ts'

/** The square in the middle of a picture, brought to `side` x `side` pixels; brightness stays as it is. */
export function toSquare(picture: GreyPicture, side: number): GreyPicture {
  const size = Math.min(picture.width, picture.height)
  const left = Math.floor((picture.width - size) / 2)
  const top = Math.floor((picture.height - size) / 2)
  return resize(cut(picture, { left, top, width: size, height: size }), side, side)
}
