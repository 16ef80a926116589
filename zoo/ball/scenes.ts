import { balls } from 'neurite/data'
import type { BallPictures } from 'neurite/data'
import { contrast } from '../../packages/cli/src/pictures/contrast.ts'

export const side = 28
export const [trainSize, testSize] = [20_000, 4_000]

/** Scenes number `first` and following, as the network sees them: how far each pixel is from the background. */
export function scenes(samples: number, first: number, seed: number): BallPictures {
  const made = balls({ samples, size: side, clutter: 2, seed, first })
  const { images } = made
  for (let start = 0; start < images.length; start += side * side) {
    const picture = images.subarray(start, start + side * side)
    picture.set(contrast({ pixels: picture, width: side, height: side }).pixels)
  }
  return made
}
