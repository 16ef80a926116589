import type { Palette } from './theme.ts'

/** How dark the highest place of a map is. */
const STRENGTH = 0.2

/** The pixels of a map without sign: paper at the lowest level, a little more ink with every level above. */
export function reliefPixels(
  values: Float32Array,
  size: number,
  levels: readonly number[],
  palette: Palette,
): ImageData {
  const image = new ImageData(size, size)
  const ink = [1, 3, 5].map((at) => parseInt(palette.ink.slice(at, at + 2), 16))
  for (let i = 0; i < size * size; i++) {
    let over = 0
    while (over < levels.length && values[i]! > levels[over]!) over++
    const share = (STRENGTH * over) / levels.length
    for (let channel = 0; channel < 3; channel++) {
      const paper = palette.paper[channel]!
      image.data[4 * i + channel] = paper + (ink[channel]! - paper) * share
    }
    image.data[4 * i + 3] = 255
  }
  return image
}
