import { maxPool1d, maxPool2d, type MaxPoolOptions, type Tensor } from '../tensor/index.ts'
import type { KernelSize } from './conv.ts'
import { Pool, type PoolRule } from './pool.ts'
import type { shapes } from './shape-rules.ts'

const known = ['stride', 'padding', 'dilation', 'ceilMode']

/** The largest element of every window of [N, C, L] (torch.nn.MaxPool1d), see `MaxPool2d`. */
export class MaxPool1d extends Pool<1, MaxPoolOptions> {
  declare readonly [shapes]: PoolRule<1, 'MaxPool1d'>

  constructor(kernelSize: KernelSize, options: MaxPoolOptions = {}) {
    super(kernelSize, options, { rank: 1, known })
  }

  protected apply(x: Tensor): Tensor {
    return maxPool1d(x, this.kernelSize, this.options)
  }
}

/**
 * The largest element of every window of pictures [N, C, H, W] (torch.nn.MaxPool2d). Of equal elements the first gets the
 * gradient.
 *
 * Options: `stride` (the kernel's size), `padding` 0, `dilation` 1, `ceilMode` false.
 *
 * @throws ArgumentError for options that are no whole numbers
 *
 * @example
 * ```ts
 * import { MaxPool2d, zeros } from 'neurite'
 *
 * console.log(new MaxPool2d(2).forward(zeros([8, 64, 24, 24])).shape) // → [ 8, 64, 12, 12 ]
 * ```
 */
export class MaxPool2d extends Pool<2, MaxPoolOptions> {
  declare readonly [shapes]: PoolRule<2, 'MaxPool2d'>

  constructor(kernelSize: KernelSize, options: MaxPoolOptions = {}) {
    super(kernelSize, options, { rank: 2, known })
  }

  protected apply(x: Tensor): Tensor {
    return maxPool2d(x, this.kernelSize, this.options)
  }
}
