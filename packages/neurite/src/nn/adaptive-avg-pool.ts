import { adaptiveAvgPool1d, adaptiveAvgPool2d, type Tensor } from '../tensor/index.ts'
import type { KernelSize } from './conv.ts'
import { Pool, type PoolRule } from './pool.ts'
import type { shapes } from './shape-rules.ts'

/** Means over as many windows of [N, C, L] as are wanted (torch.nn.AdaptiveAvgPool1d), see `AdaptiveAvgPool2d`. */
export class AdaptiveAvgPool1d extends Pool<1> {
  declare readonly [shapes]: PoolRule<1, 'AdaptiveAvgPool1d'>

  constructor(outputSize: KernelSize) {
    super(outputSize, {}, { rank: 1, known: [], size: 'outputSize' })
  }

  protected apply(x: Tensor): Tensor {
    return adaptiveAvgPool1d(x, this.kernelSize)
  }
}

/**
 * Means over as many windows of pictures [N, C, H, W] as are wanted (torch.nn.AdaptiveAvgPool2d): whatever their size,
 * [N, C, *outputSize] comes out.
 *
 * @throws ArgumentError for sizes that are no whole numbers of at least 1
 */
export class AdaptiveAvgPool2d extends Pool<2> {
  declare readonly [shapes]: PoolRule<2, 'AdaptiveAvgPool2d'>

  constructor(outputSize: KernelSize) {
    super(outputSize, {}, { rank: 2, known: [], size: 'outputSize' })
  }

  protected apply(x: Tensor): Tensor {
    return adaptiveAvgPool2d(x, this.kernelSize)
  }
}
