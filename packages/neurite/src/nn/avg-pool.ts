import { avgPool1d, avgPool2d, type AvgPoolOptions, type Tensor } from '../tensor/index.ts'
import type { KernelSize } from './conv.ts'
import { Pool, type PoolRule } from './pool.ts'
import type { shapes } from './shape-rules.ts'

const known = ['stride', 'padding', 'ceilMode', 'countIncludePad']

/** The mean of every window of [N, C, L] (torch.nn.AvgPool1d), see `AvgPool2d`. */
export class AvgPool1d extends Pool<1, Omit<AvgPoolOptions, 'divisorOverride'>> {
  declare readonly [shapes]: PoolRule<1, 'AvgPool1d'>

  constructor(kernelSize: KernelSize, options: Omit<AvgPoolOptions, 'divisorOverride'> = {}) {
    super(kernelSize, options, { rank: 1, known })
  }

  protected apply(x: Tensor): Tensor {
    return avgPool1d(x, this.kernelSize, this.options)
  }
}

/**
 * The mean of every window of pictures [N, C, H, W] (torch.nn.AvgPool2d).
 *
 * Options: `stride` (the kernel's size), `padding` 0, `ceilMode` false, `countIncludePad` true (padding counts among the
 * elements), `divisorOverride`.
 *
 * @throws ArgumentError for options that are no whole numbers
 */
export class AvgPool2d extends Pool<2, AvgPoolOptions> {
  declare readonly [shapes]: PoolRule<2, 'AvgPool2d'>

  constructor(kernelSize: KernelSize, options: AvgPoolOptions = {}) {
    super(kernelSize, options, { rank: 2, known: [...known, 'divisorOverride'] })
  }

  protected apply(x: Tensor): Tensor {
    return avgPool2d(x, this.kernelSize, this.options)
  }
}
