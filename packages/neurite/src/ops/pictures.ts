/** Windows over pictures: convolution, pooling, other sizes, and what these are lowered to. */
import type { Operation } from '../graph/node.ts'
import { contiguousOperation } from './contiguous.ts'
import { contractionOperation } from './contraction.ts'
import { convolutionOperation } from './convolution.ts'
import { convolutionWeightGradientOperation } from './convolution-weight-gradient.ts'
import { maxPoolOperation } from './max-pool.ts'
import { maxPoolPickOperation } from './max-pool-pick.ts'
import { maxPoolScatterOperation } from './max-pool-scatter.ts'
import { maxPoolWinnerOperation } from './max-pool-winner.ts'
import { overlapAddOperation } from './overlap-add.ts'
import { placeOperation } from './place.ts'
import { transposedConvolutionOperation } from './transposed-convolution.ts'
import { windowsOperation } from './windows.ts'

export { adaptiveAvgPool } from './adaptive-avg-pool.ts'
export { avgPool, type AvgPoolOptions } from './avg-pool.ts'
export { contiguous } from './contiguous.ts'
export { contraction } from './contraction.ts'
export { convolution, type ConvolutionOptions } from './convolution.ts'
export { convolutionWeightGradient } from './convolution-weight-gradient.ts'
export { maxPool, type MaxPoolOptions } from './max-pool.ts'
export { maxPoolPick } from './max-pool-pick.ts'
export { maxPoolScatter } from './max-pool-scatter.ts'
export { maxPoolWinner } from './max-pool-winner.ts'
export { overlapAdd } from './overlap-add.ts'
export { place } from './place.ts'
export { transposedConvolution, type TransposedConvolutionOptions } from './transposed-convolution.ts'
export { upsample, type UpsampleOptions } from './upsample.ts'
export { windows } from './windows.ts'

export const pictureOperations: readonly Operation[] = [
  windowsOperation,
  overlapAddOperation,
  placeOperation,
  contiguousOperation,
  contractionOperation,
  convolutionOperation,
  transposedConvolutionOperation,
  convolutionWeightGradientOperation,
  maxPoolOperation,
  maxPoolWinnerOperation,
  maxPoolScatterOperation,
  maxPoolPickOperation,
]
