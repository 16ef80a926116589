import { ArgumentError } from '../errors.ts'
import { elementCount, type Node } from '../graph/node.ts'
import { abs } from './abs.ts'
import { add } from './add.ts'
import { cast } from './cast.ts'
import { clamp } from './clamp.ts'
import { div } from './div.ts'
import { floor } from './floor.ts'
import { full } from './full.ts'
import { indexSelect } from './index-select.ts'
import { minimum } from './minimum.ts'
import { mul } from './mul.ts'
import { relu } from './relu.ts'
import { sub } from './sub.ts'
import { requireFloat } from './support/broadcast.ts'
import { requirePictures } from './support/convolution-rules.ts'
import { places, resample } from './support/resample.ts'
import { type PerAxis, perAxis } from './support/window-geometry.ts'
import { transposeConvolution } from './transposed-convolution.ts'

export interface UpsampleOptions {
  /** The spatial size of the result; or say `scaleFactor`. */
  readonly size?: PerAxis | undefined
  /** How many times larger the result is; need not be whole. */
  readonly scaleFactor?: PerAxis | undefined
  /** Copies of the nearest element (default), or linear between neighbours ('bilinear' along two axes). */
  readonly mode?: 'nearest' | 'linear' | undefined
  /** linear: whether the outermost elements keep their places; default false. */
  readonly alignCorners?: boolean | undefined
}

/**
 * Other sizes along the spatial axes: `torch.nn.functional.interpolate` with mode 'nearest', 'linear' and 'bilinear'.
 *
 * @param x float32 [N, C, *S]
 * @param options `size` or `scaleFactor`, `mode`, `alignCorners`
 * @returns [N, C, *P]
 * @throws DTypeError for an input that is not float32
 * @throws ShapeError for other ranks
 * @throws ArgumentError unless exactly one of size and scale factor is given, and the result has elements
 */
export function upsample(x: Node, options: UpsampleOptions): Node {
  const name = 'upsample'
  requirePictures(name, requireFloat(name, x).shape)
  const [batch, channels, ...from] = x.shape as [number, number, ...number[]]
  const { size: wanted, scaleFactor, mode = 'nearest', alignCorners = false } = options
  const factors = typeof scaleFactor === 'number' ? from.map(() => scaleFactor) : scaleFactor
  const isOne = (wanted === undefined) !== (factors === undefined)
  if (!isOne || (factors !== undefined && !(factors.length === from.length && factors.every((each) => each > 0)))) {
    throw new ArgumentError({
      what: `${name}: size is ${JSON.stringify(wanted)}, scaleFactor ${JSON.stringify(scaleFactor)}`,
      expected: `one of the two: a number above 0, or ${from.length} of them, one per spatial axis`,
      fix: 'pass { scaleFactor: 2 }, or the size of the result',
    })
  }
  const size = perAxis(
    name,
    'size',
    wanted ?? from.map((length, axis) => Math.floor(length * factors![axis]!)),
    from.length,
  )
  if (elementCount(x.shape) === 0) return full([batch, channels, ...size], 0)
  // As in PyTorch, places follow from a given factor and not from the rounded sizes.
  const scaled = (places: Node, axis: number): Node =>
    factors === undefined ? div(mul(places, from[axis]!), size[axis]!) : div(places, factors[axis]!)
  if (mode === 'linear') {
    return resample(x, size, (axis, result, element) => {
      const [last, end] = [from[axis]! - 1, size[axis]! - 1]
      const place = alignCorners ? div(mul(result, last), Math.max(end, 1)) : sub(scaled(add(result, 0.5), axis), 0.5)
      // Each neighbour counts by how near it is.
      return relu(sub(1, abs(sub(clamp(place, { min: 0, max: last }), element))))
    })
  }
  const copies = size.map((to, axis) => to / from[axis]!)
  if (copies.every((count, axis) => Number.isInteger(count) && (factors?.[axis] ?? count) === count)) {
    // Each element fills a window of its own.
    const none = { dilation: from.map(() => 1), before: from.map(() => 0) }
    const ones = full([channels, 1, ...copies], 1)
    return transposeConvolution(x, ones, {
      size,
      positions: from,
      kernel: copies,
      stride: copies,
      groups: channels,
      ...none,
    })
  }
  return size.reduce((picture, to, axis) => {
    if (to === from[axis]) return picture
    const nearest = minimum(floor(scaled(places(to, 0, 1), axis)), from[axis]! - 1)
    return indexSelect(picture, axis + 2, cast(nearest, 'int32'))
  }, x)
}
