import { type Tensor, where } from '../tensor/index.ts'
import {
  checkLossOptions,
  type LossOptions,
  type LossResult,
  type Reduction,
  reduceLoss,
  requireAlike,
} from './reduction.ts'

export interface KlDivOptions {
  /** 'batchMean' divides the sum by the number of examples, which is the divergence itself; default 'mean', of elements. */
  readonly reduction?: Reduction | 'batchMean' | undefined
  /** Whether the target holds logarithms, too; default false. */
  readonly logTarget?: boolean
}

/** The result of `klDivLoss`: a number, but for `reduction: 'none'`. */
export type KlDivResult<O extends KlDivOptions> = LossResult<O extends { readonly reduction: 'none' } ? O : {}>

/**
 * The Kullback-Leibler divergence of probabilities `target` from those whose logarithms are `output`
 * (torch.nn.functional.kl_div): `target (log target - output)`, 0 where the target is 0.
 *
 * @throws ShapeError unless both have the same shape
 *
 * @example
 * ```ts
 * import { klDivLoss, tensor } from 'neurite'
 *
 * const output = tensor([[0.5, 0.5]]).log()
 * console.log((await klDivLoss(output, tensor([[1, 0]]), { reduction: 'batchMean' }).item()).toFixed(4)) // → 0.6931
 * ```
 */
export function klDivLoss<O extends KlDivOptions = {}>(output: Tensor, target: Tensor, options?: O): KlDivResult<O> {
  const { reduction, ...rest }: KlDivOptions = options ?? {}
  const isBatchMean = reduction === 'batchMean'
  const chosen: LossOptions = { ...rest, reduction: isBatchMean ? 'sum' : reduction }
  checkLossOptions('klDivLoss', chosen, ['logTarget'])
  requireAlike('klDivLoss', output, target)
  const losses = rest.logTarget === true ? target.exp().mul(target.sub(output)) : fromProbabilities(output, target)
  const loss: Tensor = reduceLoss(losses, chosen)
  return (isBatchMean ? loss.div(output.shape[0] ?? 1) : loss) as KlDivResult<O>
}

function fromProbabilities(output: Tensor, target: Tensor): Tensor {
  const isSome = target.greater(0)
  // Without the inner choice the logarithm of 0 would make gradients of the target NaN.
  const logs = where(isSome, target, 1).log()
  return where(isSome, target.mul(logs.sub(output)), 0)
}
