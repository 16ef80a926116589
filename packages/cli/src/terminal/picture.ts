import type { GreyPicture } from '../pictures/grey-picture.ts'

const shades = [' ', '░', '▒', '▓', '█']

/** Draws a picture (0 stays empty, 1 is full) with two rows of pixels per line of text, since a character is about twice as high as wide. */
export function drawPicture(picture: GreyPicture): string[] {
  const { width, height } = picture
  return Array.from({ length: Math.ceil(height / 2) }, (_, line) =>
    Array.from({ length: width }, (_, column) =>
      character(pixelAt(picture, 2 * line, column), pixelAt(picture, 2 * line + 1, column)),
    ).join(''),
  )
}

/** Half blocks keep edges sharp; where both halves are alike, a shade says how dark they are. */
function character(top: number, bottom: number): string {
  if (top - bottom > 0.4) return '▀'
  if (bottom - top > 0.4) return '▄'
  const level = Math.round(((top + bottom) / 2) * (shades.length - 1))
  return shades[Math.max(0, Math.min(shades.length - 1, level))]!
}

function pixelAt({ pixels, width, height }: GreyPicture, row: number, column: number): number {
  return row < height ? pixels[row * width + column]! : 0
}
