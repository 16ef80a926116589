import { ArgumentError } from '../errors.ts'
import { elementCount, type Node } from '../graph/node.ts'
import { full } from './full.ts'
import { indexSelect } from './index-select.ts'
import { data } from './data.ts'
import { requireFloat } from './support/broadcast.ts'
import { requirePictures } from './support/convolution-rules.ts'
import { resample, type Weights } from './support/resample.ts'
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
  // As in PyTorch, places follow from a given factor and not from the rounded sizes.
  const ratio = from.map((length, axis) => (factors === undefined ? length / size[axis]! : 1 / factors[axis]!))
  if (elementCount(x.shape) === 0) return full([batch, channels, ...size], 0)
  if (mode === 'linear') {
    return resample(x, size, (axis) => between(from[axis]!, size[axis]!, ratio[axis]!, alignCorners))
  }
  const copies = size.map((to, axis) => to / from[axis]!)
  if (copies.every((count, axis) => Number.isInteger(count) && ratio[axis]! * count === 1)) {
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
    const places = Int32Array.from({ length: to }, (_, i) => Math.min(Math.floor(i * ratio[axis]!), from[axis]! - 1))
    return indexSelect(picture, axis + 2, data({ data: places, shape: [to], dtype: 'int32' }))
  }, x)
}

/** The two neighbours of every element and how near they are. */
function between(from: number, to: number, ratio: number, alignCorners: boolean): Weights {
  return (i) => {
    const aligned = to > 1 ? (i * (from - 1)) / (to - 1) : 0
    const place = Math.min(from - 1, alignCorners ? aligned : Math.max(0, (i + 0.5) * ratio - 0.5))
    const first = Math.floor(place)
    const second = Math.min(first + 1, from - 1)
    return [
      [first, 1 - (place - first)],
      [second, place - first],
    ]
  }
}
