import { ArgumentError } from '../errors.ts'
import { elementCount, type Node, type Shape } from '../graph/node.ts'
import { add } from './add.ts'
import { convolve } from './convolution.ts'
import { div } from './div.ts'
import { full } from './full.ts'
import { maximum } from './maximum.ts'
import { minimum } from './minimum.ts'
import { mul } from './mul.ts'
import { sub } from './sub.ts'
import { requireFloat } from './support/broadcast.ts'
import { poolGeometry, type PoolOptions } from './support/pooling.ts'
import { places } from './support/resample.ts'
import type { PerAxis, WindowGeometry } from './support/window-geometry.ts'

export interface AvgPoolOptions extends PoolOptions {
  /** Whether padding counts among the elements of a window; default true. */
  readonly countIncludePad?: boolean | undefined
  /** Divides the sums instead of the number of elements. */
  readonly divisorOverride?: number | undefined
}

/**
 * The mean of every window: `torch.nn.functional.avg_pool1d`, `avg_pool2d`.
 *
 * @param x float32 [N, C, *S]
 * @param kernelSize one number, or one per spatial axis
 * @param options `stride` (default: the kernel's size), `padding` 0, `ceilMode`, `countIncludePad` true, `divisorOverride`
 * @returns [N, C, *P]
 * @throws DTypeError for an input that is not float32
 * @throws ShapeError for other ranks, and for a kernel larger than the padded picture
 * @throws ArgumentError for options that are no whole numbers, padding of more than half the kernel and a divisor of 0
 */
export function avgPool(x: Node, kernelSize: PerAxis, options: AvgPoolOptions = {}): Node {
  const name = 'avgPool'
  const geometry = poolGeometry(name, requireFloat(name, x).shape, kernelSize, options)
  const { countIncludePad = true, divisorOverride } = options
  if (divisorOverride === 0) {
    throw new ArgumentError({ what: `${name}: divisorOverride is 0`, expected: 'another number', fix: 'leave it out' })
  }
  const sums = windowSums(x, geometry)
  if (divisorOverride !== undefined) return div(sums, divisorOverride)
  return geometry.kernel.reduce((scaled, _, axis) => div(scaled, elements(geometry, axis, countIncludePad)), sums)
}

/** The sum of every window, as a convolution of each channel with ones. */
export function windowSums(x: Node, geometry: WindowGeometry): Node {
  const channels = x.shape[1]!
  if (channels === 0) return full([x.shape[0]!, 0, ...geometry.positions], 0)
  const ones = (kernel: Shape): Node => full([channels, 1, ...kernel], 1)
  const { kernel } = geometry
  if (elementCount(kernel) <= 16) return convolve(x, ones(kernel), { ...geometry, groups: channels })
  // Large windows axis by axis: k + k terms instead of k times k.
  return kernel.reduce((sums, count, axis) => {
    const only = (own: Shape, other: number): number[] => own.map((value, i) => (i === axis ? value : other))
    const size = sums.shape.slice(2)
    const along: WindowGeometry = {
      size,
      positions: size.with(axis, geometry.positions[axis]!),
      kernel: only(kernel, 1),
      stride: only(geometry.stride, 1),
      dilation: only(geometry.dilation, 1),
      before: only(geometry.before, 0),
    }
    return count === 1 && along.stride[axis] === 1
      ? sums
      : convolve(sums, ones(along.kernel), { ...along, groups: channels })
  }, x)
}

/** How many elements each window has along an axis: one number, or one per position. */
function elements(
  { size, positions, kernel, stride, before }: WindowGeometry,
  axis: number,
  withPad: boolean,
): Node | number {
  const pad = before[axis]!
  const [low, high] = withPad ? [-pad, size[axis]! + pad] : [0, size[axis]!]
  const [first, last] = [-pad, (positions[axis]! - 1) * stride[axis]! - pad]
  if (first >= low && last + kernel[axis]! <= high) return kernel[axis]!
  const start = sub(mul(places(positions[axis]!, axis, positions.length), stride[axis]!), pad)
  return sub(minimum(add(start, kernel[axis]!), high), maximum(start, low))
}
