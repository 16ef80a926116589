import { convTranspose1d, convTranspose2d, type Tensor } from '../tensor/index.ts'
import { type ConvOptions, Convolution, type ConvRule, type KernelSize } from './conv.ts'
import type { shapes } from './shape-rules.ts'

export interface ConvTransposeOptions extends ConvOptions {
  /** More elements behind, per spatial axis; less than the stride. Default 0. */
  readonly outputPadding?: KernelSize | undefined
}

/**
 * Transposed convolution of [N, inChannels, L] (torch.nn.ConvTranspose1d), see `ConvTranspose2d`.
 *
 * @throws ArgumentError for options that are no whole numbers, and channels that cannot be divided into groups
 */
export class ConvTranspose1d<In extends number = number, Out extends number = number> extends Convolution<In, Out, 1> {
  declare readonly [shapes]: ConvRule<In, Out, 1>

  constructor(inChannels: In, outChannels: Out, kernelSize: KernelSize, options: ConvTransposeOptions = {}) {
    super(inChannels, outChannels, kernelSize, options, { rank: 1, transposed: true })
  }

  protected apply(x: Tensor): Tensor {
    return convTranspose1d(x, this.weight, this.bias, this.options)
  }
}

/**
 * Transposed convolution of pictures [N, inChannels, H, W] (torch.nn.ConvTranspose2d): what a convolution's gradient does,
 * used to make pictures larger. `weight` has the shape [inChannels, outChannels/groups, KH, KW]. The result has the size
 * (H - 1) stride - 2 padding + dilation (KH - 1) + 1 + outputPadding.
 *
 * Options: `stride` 1, `padding` 0, `outputPadding` 0, `dilation` 1, `groups` 1, `bias` true.
 *
 * @throws ArgumentError for options that are no whole numbers, and channels that cannot be divided into groups
 *
 * @example
 * ```ts
 * import { ConvTranspose2d, zeros } from 'neurite'
 *
 * const layer = new ConvTranspose2d(128, 64, 4, { stride: 2, padding: 1 })
 * console.log(layer.forward(zeros([8, 128, 7, 7])).shape) // → [ 8, 64, 14, 14 ]
 * ```
 */
export class ConvTranspose2d<In extends number = number, Out extends number = number> extends Convolution<In, Out, 2> {
  declare readonly [shapes]: ConvRule<In, Out, 2>

  constructor(inChannels: In, outChannels: Out, kernelSize: KernelSize, options: ConvTransposeOptions = {}) {
    super(inChannels, outChannels, kernelSize, options, { rank: 2, transposed: true })
  }

  protected apply(x: Tensor): Tensor {
    return convTranspose2d(x, this.weight, this.bias, this.options)
  }
}
