import type { Node } from '../graph/node.ts'
import { add } from './add.ts'
import { avgPool } from './avg-pool.ts'
import { cast } from './cast.ts'
import { ceil } from './ceil.ts'
import { div } from './div.ts'
import { floor } from './floor.ts'
import { greaterEqual } from './greater-equal.ts'
import { less } from './less.ts'
import { logicalAnd } from './logical-and.ts'
import { mean } from './mean.ts'
import { mul } from './mul.ts'
import { sub } from './sub.ts'
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
  return resample(x, wanted, (axis, result, element) => {
    // Whole numbers times a size over a size: rounded once, so that floor and ceil are exact.
    const edge = (place: Node): Node => div(mul(place, size[axis]!), wanted[axis]!)
    const [start, end] = [floor(edge(result)), ceil(edge(add(result, 1)))]
    const isInside = logicalAnd(greaterEqual(element, start), less(element, end))
    return div(cast(isInside, 'float32'), sub(end, start))
  })
}
