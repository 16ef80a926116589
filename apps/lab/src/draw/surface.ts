import { type Palette, signedColour } from './theme.ts'

/** The pixels of a square of signed numbers, `size` by `size`; numbers lie `stride` apart, starting at `offset`. */
export function surfacePixels(
  values: Float32Array,
  size: number,
  full: number,
  palette: Palette,
  stride = 1,
  offset = 0,
): ImageData {
  const image = new ImageData(size, size)
  for (let i = 0; i < size * size; i++) signedColour(values[i * stride + offset]!, full, palette, image.data, 4 * i)
  return image
}

const scratch = new Map<number, OffscreenCanvas>()

/** Draws a square of signed numbers into a part of a canvas, smoothly. */
export function drawSurface(
  context: CanvasRenderingContext2D,
  image: ImageData,
  place: { readonly x: number; readonly y: number; readonly size: number },
): void {
  let canvas = scratch.get(image.width)
  if (canvas === undefined) scratch.set(image.width, (canvas = new OffscreenCanvas(image.width, image.height)))
  canvas.getContext('2d')!.putImageData(image, 0, 0)
  context.imageSmoothingEnabled = true
  context.drawImage(canvas, place.x, place.y, place.size, place.size)
}
