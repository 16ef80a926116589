import { requireOneOf } from '../option-checks.ts'
import { ShapeError } from '../errors.ts'
import type { Node, Shape } from '../graph/node.ts'
import * as ops from '../ops/index.ts'
import { operandNode } from './tensor-core.ts'
import type { Tensor } from './tensor.ts'

export type { AvgPoolOptions, ConvolutionOptions, MaxPoolOptions, TransposedConvolutionOptions } from '../ops/index.ts'

type Picture = Tensor<Shape, 'float32'>

export interface InterpolateOptions extends Omit<ops.UpsampleOptions, 'mode'> {
  /** 'nearest' (the default), 'linear' for [N, C, L], 'bilinear' for [N, C, H, W]. */
  readonly mode?: 'nearest' | 'linear' | 'bilinear' | undefined
}

/**
 * Convolution of [N, C, L] with filters [O, C/groups, K] (torch.nn.functional.conv1d): [N, O, P]. `padding` takes numbers,
 * pairs, 'same' and 'valid'.
 *
 * @throws ShapeError for other channels, and for a kernel larger than the padded input
 * @throws ArgumentError for groups that do not divide the channels
 *
 * @example
 * ```ts
 * import { conv1d, tensor } from 'neurite'
 *
 * const x = tensor([[[1, 2, 4, 7]]])
 * console.log(await conv1d(x, tensor([[[-1, 1]]])).toText()) // → tensor([[[1., 2., 3.]]])
 * ```
 */
export function conv1d(x: Tensor, weight: Tensor, bias?: Tensor, options?: ops.ConvolutionOptions): Picture {
  return convolution('conv1d', 1, ops.convolution, x, weight, bias, options)
}

/**
 * Convolution of pictures [N, C, H, W] with filters [O, C/groups, KH, KW] (torch.nn.functional.conv2d): [N, O, PH, PW].
 * `padding` takes numbers, pairs, 'same' and 'valid'.
 *
 * @throws ShapeError for other channels, and for a kernel larger than the padded picture
 * @throws ArgumentError for groups that do not divide the channels
 *
 * @example
 * ```ts
 * import { conv2d, ones } from 'neurite'
 *
 * const sums = conv2d(ones([1, 1, 3, 3]), ones([1, 1, 3, 3]), undefined, { padding: 1 })
 * console.log(await sums.reshape([3, 3]).toArray()) // → [ [ 4, 6, 4 ], [ 6, 9, 6 ], [ 4, 6, 4 ] ]
 * ```
 */
export function conv2d(x: Tensor, weight: Tensor, bias?: Tensor, options?: ops.ConvolutionOptions): Picture {
  return convolution('conv2d', 2, ops.convolution, x, weight, bias, options)
}

/**
 * Transposed convolution of [N, C, L] with filters [C, O/groups, K] (torch.nn.functional.conv_transpose1d).
 *
 * @throws ShapeError for other channels, and where nothing would be left
 * @throws ArgumentError for groups that do not divide the channels, and a large outputPadding
 *
 * @example
 * ```ts
 * import { convTranspose1d, tensor } from 'neurite'
 *
 * const x = tensor([[[1, 2]]])
 * console.log(await convTranspose1d(x, tensor([[[1, 10]]]), undefined, { stride: 2 }).toText())
 * // → tensor([[[ 1., 10.,  2., 20.]]])
 * ```
 */
export function convTranspose1d(
  x: Tensor,
  weight: Tensor,
  bias?: Tensor,
  options?: ops.TransposedConvolutionOptions,
): Picture {
  return convolution('convTranspose1d', 1, ops.transposedConvolution, x, weight, bias, options)
}

/**
 * Transposed convolution of pictures [N, C, H, W] with filters [C, O/groups, KH, KW]
 * (torch.nn.functional.conv_transpose2d).
 *
 * @throws ShapeError for other channels, and where nothing would be left
 * @throws ArgumentError for groups that do not divide the channels, and a large outputPadding
 *
 * @example
 * ```ts
 * import { convTranspose2d, zeros } from 'neurite'
 *
 * const larger = convTranspose2d(zeros([1, 8, 7, 7]), zeros([8, 3, 4, 4]), undefined, { stride: 2, padding: 1 })
 * console.log(larger.shape) // → [ 1, 3, 14, 14 ]
 * ```
 */
export function convTranspose2d(
  x: Tensor,
  weight: Tensor,
  bias?: Tensor,
  options?: ops.TransposedConvolutionOptions,
): Picture {
  return convolution('convTranspose2d', 2, ops.transposedConvolution, x, weight, bias, options)
}

/**
 * The largest element of every window of [N, C, L] (torch.nn.functional.max_pool1d). `stride` is the kernel's size where it
 * is left out.
 *
 * @example
 * ```ts
 * import { maxPool1d, tensor } from 'neurite'
 *
 * console.log(await maxPool1d(tensor([[[1, 5, 2, 3]]]), 2).toText()) // → tensor([[[5., 3.]]])
 * ```
 */
export function maxPool1d(x: Tensor, kernelSize: number | readonly number[], options?: ops.MaxPoolOptions): Picture {
  return ofPictures('maxPool1d', 1, x, (node) => ops.maxPool(node, kernelSize, options))
}

/**
 * The largest element of every window of pictures [N, C, H, W] (torch.nn.functional.max_pool2d). `stride` is the kernel's
 * size where it is left out.
 *
 * @throws ShapeError for a kernel larger than the padded picture
 *
 * @example
 * ```ts
 * import { maxPool2d, zeros } from 'neurite'
 *
 * console.log(maxPool2d(zeros([8, 3, 28, 28]), 2).shape) // → [ 8, 3, 14, 14 ]
 * ```
 */
export function maxPool2d(x: Tensor, kernelSize: number | readonly number[], options?: ops.MaxPoolOptions): Picture {
  return ofPictures('maxPool2d', 2, x, (node) => ops.maxPool(node, kernelSize, options))
}

/**
 * The mean of every window of [N, C, L] (torch.nn.functional.avg_pool1d).
 *
 * @example
 * ```ts
 * import { avgPool1d, tensor } from 'neurite'
 *
 * console.log(await avgPool1d(tensor([[[1, 5, 2, 4]]]), 2).toText()) // → tensor([[[3., 3.]]])
 * ```
 */
export function avgPool1d(x: Tensor, kernelSize: number | readonly number[], options?: ops.AvgPoolOptions): Picture {
  return ofPictures('avgPool1d', 1, x, (node) => ops.avgPool(node, kernelSize, options))
}

/**
 * The mean of every window of pictures [N, C, H, W] (torch.nn.functional.avg_pool2d).
 *
 * @throws ShapeError for a kernel larger than the padded picture
 *
 * @example
 * ```ts
 * import { avgPool2d, ones } from 'neurite'
 *
 * const means = avgPool2d(ones([1, 1, 2, 2]), 2, { padding: 1, countIncludePad: false })
 * console.log(await means.reshape([2, 2]).toArray()) // → [ [ 1, 1 ], [ 1, 1 ] ]
 * ```
 */
export function avgPool2d(x: Tensor, kernelSize: number | readonly number[], options?: ops.AvgPoolOptions): Picture {
  return ofPictures('avgPool2d', 2, x, (node) => ops.avgPool(node, kernelSize, options))
}

/** Means over as many windows of [N, C, L] as are wanted (torch.nn.functional.adaptive_avg_pool1d). */
export function adaptiveAvgPool1d(x: Tensor, outputSize: number | readonly number[]): Picture {
  return ofPictures('adaptiveAvgPool1d', 1, x, (node) => ops.adaptiveAvgPool(node, outputSize))
}

/**
 * Means over as many windows of pictures [N, C, H, W] as are wanted (torch.nn.functional.adaptive_avg_pool2d).
 *
 * @example
 * ```ts
 * import { adaptiveAvgPool2d, zeros } from 'neurite'
 *
 * console.log(adaptiveAvgPool2d(zeros([8, 64, 13, 10]), [2, 1]).shape) // → [ 8, 64, 2, 1 ]
 * ```
 */
export function adaptiveAvgPool2d(x: Tensor, outputSize: number | readonly number[]): Picture {
  return ofPictures('adaptiveAvgPool2d', 2, x, (node) => ops.adaptiveAvgPool(node, outputSize))
}

/**
 * [N, C, L] or pictures [N, C, H, W] in another size (torch.nn.functional.interpolate): `size` or `scaleFactor`; `mode`
 * 'nearest', 'linear' or 'bilinear'; `alignCorners` keeps the outermost elements in their places.
 *
 * @throws ArgumentError unless exactly one of size and scale factor is given, and for another mode
 * @throws ShapeError for a mode that belongs to another number of axes
 *
 * @example
 * ```ts
 * import { interpolate, tensor } from 'neurite'
 *
 * const x = tensor([[[1, 3]]])
 * console.log(await interpolate(x, { scaleFactor: 2 }).toText()) // → tensor([[[1., 1., 3., 3.]]])
 * console.log(await interpolate(x, { size: 3, mode: 'linear', alignCorners: true }).toText())
 * // → tensor([[[1., 2., 3.]]])
 * ```
 */
export function interpolate(x: Tensor, options: InterpolateOptions): Picture {
  const { mode = 'nearest', ...rest } = options
  requireOneOf('interpolate', 'mode', mode, ['nearest', 'linear', 'bilinear'])
  const rank = mode === 'bilinear' || (mode === 'nearest' && x.rank === 4) ? 2 : 1
  const own = mode === 'nearest' ? mode : 'linear'
  return ofPictures(`interpolate: mode '${mode}'`, rank, x, (node) => ops.upsample(node, { ...rest, mode: own }))
}

function convolution<O>(
  name: string,
  rank: 1 | 2,
  build: (x: Node, weight: Node, options?: O) => Node,
  x: Tensor,
  weight: Tensor,
  bias: Tensor | undefined,
  options: O | undefined,
): Picture {
  const result = ofPictures(name, rank, x, (node) => build(node, operandNode(weight), options), weight)
  return bias === undefined ? result : result.add(bias.reshape([-1, 1, 1].slice(0, rank + 1)))
}

/** A tensor made of one with `rank` spatial axes. */
function ofPictures(name: string, rank: 1 | 2, x: Tensor, build: (node: Node) => Node, ...others: Tensor[]): Picture {
  if (x.rank === rank + 2) return x.derive(build(operandNode(x)), x, ...others) as Picture
  throw new ShapeError({
    what: `${name}: got a tensor of shape [${x.shape.join(', ')}]`,
    expected: rank === 1 ? '[N, C, L]' : '[N, C, H, W]',
    fix: x.rank === rank + 1 ? 'pass a batch: x.unsqueeze(0) for a single example' : 'reshape it',
  })
}
