import { elementCount, type Node, type Shape } from '../../graph/node.ts'
import { add } from '../add.ts'
import { contiguous } from '../contiguous.ts'
import { contraction } from '../contraction.ts'
import { expand } from '../expand.ts'
import { mul } from '../mul.ts'
import { reshape } from '../reshape.ts'
import { slice } from '../slice.ts'
import { windows } from '../windows.ts'
import { arrange } from './channels-last.ts'
import type { ConvolutionAttributes } from './convolution-rules.ts'
import type { WindowGeometry } from './window-geometry.ts'

/** Kernels of one channel up to this size are written out tap by tap. */
const UNROLLED_TAPS = 64
/** Fewer channels than this fill too little of a vector. */
const NARROW_CHANNELS = 4

/** One letter per axis: positions, taps, and the groups where there are several. */
export interface Letters {
  readonly P: string
  readonly K: string
  readonly g: string
}

export function lettersOf({ kernel, groups }: ConvolutionAttributes): Letters {
  return { P: 'pqr'.slice(0, kernel.length), K: 'ijk'.slice(0, kernel.length), g: groups > 1 ? 'g' : '' }
}

/** The axis divided into groups and the channels of each; unchanged where there is one group. */
export function divided(x: Node, axis: number, groups: number): Node {
  if (groups === 1) return x
  return reshape(x, [...x.shape.slice(0, axis), groups, x.shape[axis]! / groups, ...x.shape.slice(axis + 1)])
}

/** The windows of a picture [N, *S, C] as matrices for a contraction: [g, N, *P, *K, C/g]. */
export function patches(
  picture: Node,
  attributes: ConvolutionAttributes,
  { kernel, stride, dilation }: Pick<WindowGeometry, 'kernel' | 'stride' | 'dilation'> = attributes,
): Node {
  const { P, K, g } = lettersOf(attributes)
  let result = divided(picture, kernel.length + 1, attributes.groups)
  for (const [i, size] of kernel.entries()) {
    result = windows(result, { axis: i + 1, size, stride: stride[i]!, dilation: dilation[i]! })
  }
  return arrange(result, `n${P}${g}c${K}`, `${g}n${P}${K}c`)
}

/** The contraction of patches, in which each set of axes is as long as the kernel's and one. */
export function contractPatches(a: Node, b: Node, { kernel }: ConvolutionAttributes): Node {
  return contraction(a, b, { rows: kernel.length + 1, depth: kernel.length + 1 })
}

/** Whether groups take one channel each and have few taps: then products are sums over the taps, channel by channel. */
export function isDepthwise(outputs: number, width: number, { kernel, groups }: ConvolutionAttributes): boolean {
  return width === 1 && (groups > 1 || outputs === 1) && elementCount(kernel) <= UNROLLED_TAPS
}

/**
 * Whether so few channels come out that a product of matrices with one column for each would leave vectors empty. Then all
 * taps are columns of one product with every element of the picture, and sums over shifted parts of it follow.
 */
export function isNarrow(channels: number, { kernel, groups }: ConvolutionAttributes): boolean {
  const taps = elementCount(kernel)
  return groups === 1 && channels <= NARROW_CHANNELS && taps > 1 && taps <= UNROLLED_TAPS
}

/** The products [N, *S, *K channels] of a picture [N, *S, C] with filters [C, *K, channels]. */
export function productsOfTaps(picture: Node, filters: Node): Node {
  const [depth, ...rest] = filters.shape as [number, ...number[]]
  const columns = reshape(filters, [depth, elementCount(rest)])
  return contraction(picture, columns, { rows: picture.shape.length - 1, depth: 1 })
}

/** The part of such products that belongs to one tap: [N, *size, channels], from `start` on with steps. */
export function partOfProducts(
  products: Node,
  {
    kernel,
    tap,
    start,
    size,
    step,
    channels,
  }: {
    readonly kernel: Shape
    readonly tap: Shape
    readonly start: Shape
    readonly size: Shape
    readonly step: Shape
    readonly channels: number
  },
): Node {
  const column = tap.reduce((place, k, axis) => place * kernel[axis]! + k, 0) * channels
  return slice(products, {
    start: [0, ...start, column],
    size: [products.shape[0]!, ...size, channels],
    step: [1, ...step, 1],
  })
}

/** The last axis as groups and the channels of each, also where there is one group. */
export function inGroups(x: Node, groups: number): Node {
  return reshape(x, [...x.shape.slice(0, -1), groups, x.shape.at(-1)! / groups])
}

/** The weights [C, m] of one tap of depthwise filters [C m, 1, *K]. */
export function tapWeights(filters: Node, tap: Shape, groups: number): Node {
  const own = slice(filters, { start: [...tap, 0], size: [...tap.map(() => 1), filters.shape.at(-1)!] })
  return inGroups(reshape(own, [filters.shape.at(-1)!]), groups)
}

/** Depthwise filters [C m, 1, *K] as [*K, C m], row-major. */
export function depthwiseFilters(w: Node): Node {
  const [outputs, , ...kernel] = w.shape
  const K = 'ijk'.slice(0, kernel.length)
  return contiguous(arrange(reshape(w, [outputs!, ...kernel]), `o${K}`, `${K}o`))
}

/** Each channel of [N, *P, C] `count` times: [N, *P, C, count]. */
export function repeated(x: Node, count: number): Node {
  return expand(reshape(x, [...x.shape, 1]), [...x.shape, count])
}

/** The products of two lists, pair by pair, summed in order. */
export function sumOfProducts(pairs: readonly (readonly [Node, Node])[]): Node {
  return pairs.map(([a, b]) => mul(a, b)).reduce((sum, product) => add(sum, product))
}
