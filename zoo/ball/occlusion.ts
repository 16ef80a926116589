import { fromData, noGrad } from 'neurite'
import type { Tensor } from 'neurite'
import type { GreyPicture } from '../../packages/cli/src/pictures/grey-picture.ts'
import type { LayerStack } from '../../packages/cli/src/recipes/recipe.ts'

/** Width of the patch in pixels: about half of the smallest ball. */
export const patchSide = 5

/** How much each place of a picture counts for the answer. */
export interface OcclusionMap {
  /** Per pixel, row by row: how far the answer falls when a patch lies over it, its middle on that pixel. */
  readonly drops: Float32Array
  /** The pixel where the answer falls most. */
  readonly most: { readonly column: number; readonly row: number }
}

/**
 * Slides a patch of the background's grey over a picture, pixel by pixel, and measures how far the answer "ball" falls:
 * in log-odds, since a probability of nearly 1 hides how sure a network is.
 *
 * Source: M. Zeiler and R. Fergus, "Visualizing and Understanding Convolutional Networks" (2014), section 4.2.
 *
 * @param picture how far each pixel is from the background; the background's grey is 0
 */
export async function occlusionMap(network: LayerStack, picture: GreyPicture): Promise<OcclusionMap> {
  const { width, height } = picture
  const size = width * height
  // The first picture is whole.
  const pictures = new Float32Array((size + 1) * size)
  for (let i = 0; i <= size; i++) pictures.set(picture.pixels, i * size)
  for (let place = 0; place < size; place++) {
    hide(pictures.subarray((place + 1) * size, (place + 2) * size), picture, place % width, Math.floor(place / width))
  }
  const odds = await logOdds(network, pictures, [size + 1, 1, height, width])
  const drops = Float32Array.from({ length: size }, (_, place) => odds[0]! - odds[place + 1]!)
  const most = drops.reduce((best, drop, place) => (drop > drops[best]! ? place : best), 0)
  return { drops, most: { column: most % width, row: Math.floor(most / width) } }
}

function hide(pixels: Float32Array, { width, height }: GreyPicture, column: number, row: number): void {
  const reach = (patchSide - 1) / 2
  for (let y = Math.max(0, row - reach); y <= Math.min(height - 1, row + reach); y++) {
    pixels.fill(0, y * width + Math.max(0, column - reach), y * width + Math.min(width - 1, column + reach) + 1)
  }
}

async function logOdds(network: LayerStack, pictures: Float32Array, shape: readonly number[]): Promise<number[]> {
  network.eval()
  const output: Tensor = noGrad(() => network.forward(fromData(pictures, shape) as Tensor))
  const scores = await output.data()
  network.train()
  return Array.from({ length: shape[0]! }, (_, i) => scores[2 * i + 1]! - scores[2 * i]!)
}
