import type { Node } from '../graph/node.ts'
import { avgPool } from './avg-pool.ts'
import { mean } from './mean.ts'
import { requireFloat } from './support/broadcast.ts'
import { requirePictures } from './support/convolution-rules.ts'
import { resample } from './support/resample.ts'
import { type PerAxis, perAxis } from './support/window-geometry.ts'

/**
 * Means over windows chosen so that the result has a given size: `torch.nn.functional.adaptive_avg_pool1d`,
 * `adaptive_avg_pool2d`. Element i is the mean of the elements from floor(i S / P) to ceil((i + 1) S / P).
 *
 * @param x float32 [N, C, *S]
 * @param outputSize P: one number, or one per spatial axis
 * @returns [N, C, *P]
 * @throws DTypeError for an input that is not float32
 * @throws ShapeError for other ranks
 * @throws ArgumentError for sizes that are no whole numbers of at least 1
 */
export function adaptiveAvgPool(x: Node, outputSize: PerAxis): Node {
  const name = 'adaptiveAvgPool'
  requirePictures(name, requireFloat(name, x).shape)
  const size = x.shape.slice(2)
  const wanted = perAxis(name, 'outputSize', outputSize, size.length)
  if (wanted.every((to) => to === 1)) return mean(x, { axes: size.map((_, axis) => axis + 2), keepDim: true })
  const ratio = size.map((from, axis) => from / wanted[axis]!)
  if (ratio.every((each) => Number.isInteger(each) && each > 0)) return avgPool(x, ratio)
  return resample(x, wanted, (axis) => (to) => {
    const [start, end] = [Math.floor(to * ratio[axis]!), Math.ceil((to + 1) * ratio[axis]!)]
    return Array.from({ length: end - start }, (_, i) => [start + i, 1 / (end - start)])
  })
}
