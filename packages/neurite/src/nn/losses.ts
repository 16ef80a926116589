import { requireNumber } from '../option-checks.ts'
import type { Tensor } from '../tensor/index.ts'
import { where } from '../tensor/index.ts'
import { checkLossOptions, type LossOptions, type LossResult, reduceLoss, requireAlike } from './reduction.ts'

/**
 * The mean of `(output - target)^2` (torch.nn.functional.mse_loss).
 *
 * @throws ShapeError unless both have the same shape
 *
 * @example
 * ```ts
 * import { mseLoss, tensor } from 'neurite'
 *
 * console.log(await mseLoss(tensor([1, 2]), tensor([1, 4])).item()) // → 2
 * ```
 */
export function mseLoss<O extends LossOptions = {}>(output: Tensor, target: Tensor, options?: O): LossResult<O> {
  const chosen = options ?? ({} as O)
  checkLossOptions('mseLoss', chosen)
  requireAlike('mseLoss', output, target)
  return reduceLoss(output.sub(target).square(), chosen)
}

/** The mean of `|output - target|` (torch.nn.functional.l1_loss). Throws ShapeError unless both have the same shape. */
export function l1Loss<O extends LossOptions = {}>(output: Tensor, target: Tensor, options?: O): LossResult<O> {
  const chosen = options ?? ({} as O)
  checkLossOptions('l1Loss', chosen)
  requireAlike('l1Loss', output, target)
  return reduceLoss(output.sub(target).abs(), chosen)
}

export interface HuberOptions extends LossOptions {
  /** Errors up to here count by their square, larger ones linearly; default 1. */
  readonly delta?: number
}

/**
 * `d^2 / 2` for errors `d` up to `delta`, `delta (|d| - delta / 2)` beyond (torch.nn.functional.huber_loss; Huber, 1964).
 *
 * @throws ShapeError unless both have the same shape
 * @throws ArgumentError for a delta that is not above 0
 *
 * @example
 * ```ts
 * import { huberLoss, tensor } from 'neurite'
 *
 * console.log(await huberLoss(tensor([1, 5]), tensor([0, 0]), { reduction: 'none' }).toText())
 * // → tensor([0.5000, 4.5000])
 * ```
 */
export function huberLoss<O extends HuberOptions = {}>(output: Tensor, target: Tensor, options?: O): LossResult<O> {
  const chosen = options ?? ({} as O)
  checkLossOptions('huberLoss', chosen, ['delta'])
  const { delta = 1 } = chosen
  requireNumber('huberLoss', 'delta', delta, { above: 0 })
  requireAlike('huberLoss', output, target)
  const error = output.sub(target)
  const size = error.abs()
  const near = error.square().mul(0.5)
  const far = size.sub(0.5 * delta).mul(delta)
  return reduceLoss(where(size.lessEqual(delta), near, far), chosen)
}

export interface BinaryCrossEntropyOptions extends LossOptions {
  /** Multiplies the losses of elements; broadcasts to their shape. */
  readonly weight?: Tensor
}

/**
 * `-(t log p + (1 - t) log(1 - p))` for probabilities `p` (torch.nn.functional.binary_cross_entropy). As in PyTorch the
 * logarithms are at least -100, so that the loss stays finite. `binaryCrossEntropyWithLogits` is more precise.
 *
 * @throws ShapeError unless both have the same shape
 *
 * @example
 * ```ts
 * import { binaryCrossEntropy, tensor } from 'neurite'
 *
 * console.log((await binaryCrossEntropy(tensor([0.5]), tensor([1])).item()).toFixed(4)) // → 0.6931
 * ```
 */
export function binaryCrossEntropy<O extends BinaryCrossEntropyOptions = {}>(
  output: Tensor,
  target: Tensor,
  options?: O,
): LossResult<O> {
  const chosen = options ?? ({} as O)
  checkLossOptions('binaryCrossEntropy', chosen, ['weight'])
  requireAlike('binaryCrossEntropy', output, target)
  const spread = output.mul(output.neg().add(1))
  const isEdge = spread.less(SMALLEST_SPREAD)
  const inside = logLosses(where(isEdge, 0.5, output), target)
  // At 0 and 1 the logarithms have no derivative: the value stands alone, and the gradient is PyTorch's.
  const fixed = output.detach()
  const slope = fixed
    .sub(target)
    .div(spread.clamp({ min: SMALLEST_SPREAD }))
    .detach()
  const edge = logLosses(fixed, target).add(output.sub(fixed).mul(slope))
  return reduceLoss(weighted(where(isEdge, edge, inside), chosen.weight), chosen)
}

/** Below this p (1 - p) does not divide gradients any further. */
const SMALLEST_SPREAD = 1e-12

function logLosses(output: Tensor, target: Tensor): Tensor {
  const logYes = output.log().clamp({ min: -100 })
  const logNo = output.neg().log1p().clamp({ min: -100 })
  return target.sub(1).mul(logNo).sub(target.mul(logYes))
}

export interface LogitsOptions extends BinaryCrossEntropyOptions {
  /** Multiplies the losses of positive examples; broadcasts to the shape of the target. */
  readonly posWeight?: Tensor
}

/**
 * Binary cross-entropy of `sigmoid(output)`, computed from the logits without overflow
 * (torch.nn.functional.binary_cross_entropy_with_logits).
 *
 * @throws ShapeError unless both have the same shape
 *
 * @example
 * ```ts
 * import { binaryCrossEntropyWithLogits, tensor } from 'neurite'
 *
 * const loss = binaryCrossEntropyWithLogits(tensor([0, 200]), tensor([1, 0]), { reduction: 'none' })
 * console.log(await loss.toText()) // → tensor([  0.6931, 200.0000])
 * ```
 */
export function binaryCrossEntropyWithLogits<O extends LogitsOptions = {}>(
  output: Tensor,
  target: Tensor,
  options?: O,
): LossResult<O> {
  const chosen = options ?? ({} as O)
  checkLossOptions('binaryCrossEntropyWithLogits', chosen, ['weight', 'posWeight'])
  requireAlike('binaryCrossEntropyWithLogits', output, target)
  const no = output.mul(target.neg().add(1))
  const soft = output.neg().softplus()
  const { posWeight } = chosen
  const losses: Tensor = posWeight === undefined ? no.add(soft) : no.add(soft.mul(posWeight.sub(1).mul(target).add(1)))
  return reduceLoss(weighted(losses, chosen.weight), chosen)
}

export interface HingeOptions extends LossOptions {
  /** How far on its side of the line an example must lie to count as safe; default 1. */
  readonly margin?: number
}

/**
 * `max(0, margin - target output)` for targets of -1 and 1: the loss of support vector machines.
 *
 * @throws ShapeError unless both have the same shape
 *
 * @example
 * ```ts
 * import { hingeLoss, tensor } from 'neurite'
 *
 * console.log(await hingeLoss(tensor([0.5, -2]), tensor([1, -1]), { reduction: 'none' }).toText())
 * // → tensor([0.5000, 0.0000])
 * ```
 */
export function hingeLoss<O extends HingeOptions = {}>(output: Tensor, target: Tensor, options?: O): LossResult<O> {
  const chosen = options ?? ({} as O)
  checkLossOptions('hingeLoss', chosen, ['margin'])
  const { margin = 1 } = chosen
  requireNumber('hingeLoss', 'margin', margin, { least: 0 })
  requireAlike('hingeLoss', output, target)
  return reduceLoss(output.mul(target).neg().add(margin).relu(), chosen)
}

export interface PerceptronLossOptions extends LossOptions {
  /**
   * Whether an output of exactly 0 has the gradient of a mistake, as in the perceptron's own rule, which else could not
   * leave weights of 0. Default false: there the loss is flat, as in PyTorch.
   */
  readonly zeroIsMistake?: boolean
}

/**
 * `max(0, -target output)` for targets of -1 and 1: the perceptron criterion (Rosenblatt, 1958). Only examples on the wrong
 * side of the line have a loss. A step of gradient descent with the learning rate 1 on the sum adds `target input` to the
 * weights for every mistake: with `zeroIsMistake`, and one example at a time, that is the perceptron's rule.
 *
 * @throws ShapeError unless both have the same shape
 *
 * @example
 * ```ts
 * import { perceptronLoss, tensor } from 'neurite'
 *
 * console.log(await perceptronLoss(tensor([0.5, 2]), tensor([1, -1]), { reduction: 'none' }).toText())
 * // → tensor([0., 2.])
 * ```
 */
export function perceptronLoss<O extends PerceptronLossOptions = {}>(
  output: Tensor,
  target: Tensor,
  options?: O,
): LossResult<O> {
  const chosen = options ?? ({} as O)
  checkLossOptions('perceptronLoss', chosen, ['zeroIsMistake'])
  requireAlike('perceptronLoss', output, target)
  const lack = output.mul(target).neg()
  return reduceLoss(chosen.zeroIsMistake === true ? where(lack.less(0), 0, lack) : lack.relu(), chosen)
}

function weighted(losses: Tensor, weight: Tensor | undefined): Tensor {
  return weight === undefined ? losses : losses.mul(weight)
}
