import { requireNumber } from '../option-checks.ts'
import { DTypeError, IndexOutOfRangeError, ShapeError } from '../errors.ts'
import { currentTrace, equalShapes } from '../tensor/for-modules.ts'
import { arange, type Tensor, where } from '../tensor/index.ts'
import { checkLossOptions, type LossOptions, type LossResult, reduceLoss } from './reduction.ts'

export interface CrossEntropyOptions extends LossOptions {
  /** One factor per class, [classes]; the mean divides by the factors of the targets. */
  readonly weight?: Tensor
  /** The part of the target that is spread evenly over all classes, from 0 (the default) to 1. */
  readonly labelSmoothing?: number
  /** Labels with this number do not count, neither in the sum nor in the mean; default -100. */
  readonly ignoreIndex?: number
}

/**
 * Softmax cross-entropy of logits (torch.nn.functional.cross_entropy): `-log softmax(output)` at the class of the target.
 * `output` is [batch, classes], [batch, classes, ...] or [classes]. `target` holds class numbers (int32, without the axis
 * of classes) or probabilities (float32, the shape of `output`).
 *
 * Outside `compile` a label without a class throws. Inside, where labels are not known yet, it makes the loss NaN, which
 * `fit` reports; a mistake in the labels never goes unnoticed.
 *
 * @throws ShapeError where the target does not belong to the output
 * @throws DTypeError for labels that are float32
 * @throws IndexOutOfRangeError for a label outside the classes
 *
 * @example
 * ```ts
 * import { crossEntropy, tensor } from 'neurite'
 *
 * const logits = tensor([[2, 0], [0, 3]])
 * const labels = tensor([0, 1], { dtype: 'int32' })
 * console.log((await crossEntropy(logits, labels).item()).toFixed(4)) // → 0.0878
 * ```
 */
export function crossEntropy<O extends CrossEntropyOptions = {}>(
  output: Tensor,
  target: Tensor,
  options?: O,
): LossResult<O> {
  const chosen = options ?? ({} as O)
  checkLossOptions('crossEntropy', chosen, ['weight', 'labelSmoothing', 'ignoreIndex'])
  requireNumber('crossEntropy', 'labelSmoothing', chosen.labelSmoothing ?? 0, { least: 0, most: 1 })
  return logLoss('crossEntropy', output, target, chosen)
}

export interface NllOptions extends LossOptions {
  /** One factor per class, [classes]; the mean divides by the factors of the targets. */
  readonly weight?: Tensor
  /** Labels with this number do not count, neither in the sum nor in the mean; default -100. */
  readonly ignoreIndex?: number
}

/**
 * Minus the logarithm of the probability at the class of the target, for an output of logarithms such as `logSoftmax`
 * gives (torch.nn.functional.nll_loss). Shapes and labels as in `crossEntropy`, which contains the `logSoftmax`.
 *
 * @throws ShapeError where the target does not belong to the output
 * @throws DTypeError for labels that are float32
 * @throws IndexOutOfRangeError for a label outside the classes
 *
 * @example
 * ```ts
 * import { nllLoss, tensor } from 'neurite'
 *
 * const logs = tensor([[0.5, 0.5], [0.25, 0.75]]).log()
 * const labels = tensor([0, 1], { dtype: 'int32' })
 * console.log((await nllLoss(logs, labels).item()).toFixed(4)) // → 0.4904
 * ```
 */
export function nllLoss<O extends NllOptions = {}>(output: Tensor, target: Tensor, options?: O): LossResult<O> {
  const chosen = options ?? ({} as O)
  checkLossOptions('nllLoss', chosen, ['weight', 'ignoreIndex'])
  if (target.dtype === 'float32') {
    throw new DTypeError({
      what: 'nllLoss: the target is float32',
      expected: 'int32 class numbers',
      fix: "make the labels with { dtype: 'int32' }; klDivLoss compares with probabilities",
    })
  }
  return logLoss('nllLoss', output, target, chosen)
}

/** What `crossEntropy` and `nllLoss` share; only the first takes the logarithm of the softmax itself. */
function logLoss<O extends CrossEntropyOptions>(
  name: 'crossEntropy' | 'nllLoss',
  output: Tensor,
  target: Tensor,
  chosen: O,
): LossResult<O> {
  const { weight, labelSmoothing = 0, ignoreIndex = -100 } = chosen
  const axis = output.rank > 1 ? 1 : 0
  const classes = checkTypes(name, output, target, axis, weight)
  const logProbabilities: Tensor = name === 'nllLoss' ? output : output.logSoftmax(axis)
  // One entry per class, in the places of the other axes 1.
  const along = output.shape.map((_, i) => (i === axis ? classes : 1))
  const factors = weight?.reshape(along)
  const weightedLogs: Tensor = factors === undefined ? logProbabilities : logProbabilities.mul(factors)

  if (target.dtype === 'float32') {
    const smooth = labelSmoothing === 0 ? target : target.mul(1 - labelSmoothing).add(labelSmoothing / classes)
    const losses = weightedLogs.mul(smooth).sum(axis).neg()
    return reduceLoss(losses, chosen)
  }

  checkLabels(name, target, classes, ignoreIndex)
  const isTarget = target.unsqueeze(axis).equal(arange(classes).reshape(along))
  let losses: Tensor = where(isTarget, weightedLogs, 0).sum(axis).neg()
  if (labelSmoothing > 0) {
    losses = losses.mul(1 - labelSmoothing).sub(weightedLogs.sum(axis).mul(labelSmoothing / classes))
  }
  const counts = target.notEqual(ignoreIndex)
  const isLabel = target.greaterEqual(0).logicalAnd(target.less(classes)).logicalAnd(counts)
  losses = where(isLabel, losses, where(counts, NaN, 0))
  if (chosen.reduction === 'sum' || chosen.reduction === 'none') return reduceLoss(losses, chosen)
  const shares = factors === undefined ? 1 : where(isTarget, factors, 0).sum(axis)
  return losses.sum().div(where(counts, shares, 0).sum())
}

/** Checks shapes and dtypes, and gives the number of classes. */
function checkTypes(name: string, output: Tensor, target: Tensor, axis: number, weight: Tensor | undefined): number {
  const classes = output.shape[axis]
  if (classes === undefined || classes === 0 || output.dtype !== 'float32') {
    throw new ShapeError({
      what: `${name}: the output is ${output.dtype} of shape [${output.shape.join(', ')}]`,
      expected: 'float32 of shape [batch, classes], with at least one class',
      fix: 'pass the output of the last layer, one number per class',
    })
  }
  const labelShape = output.shape.filter((_, i) => i !== axis)
  const areProbabilities = target.dtype === 'float32'
  if (areProbabilities && equalShapes(target.shape, labelShape)) {
    throw new DTypeError({
      what: `${name}: labels of shape [${target.shape.join(', ')}] are float32`,
      expected: `int32 class numbers, or probabilities of shape [${output.shape.join(', ')}]`,
      fix: "make the labels with { dtype: 'int32' }, or convert them: target.to('int32')",
    })
  }
  const expected = areProbabilities ? output.shape : labelShape
  if (!equalShapes(target.shape, expected)) {
    throw new ShapeError({
      what: `${name}: the output has shape [${output.shape.join(', ')}], the target [${target.shape.join(', ')}]`,
      expected: `a target of shape [${expected.join(', ')}]`,
      fix: areProbabilities ? 'pass one probability per class' : 'pass one class number per example',
    })
  }
  if (weight !== undefined && !equalShapes(weight.shape, [classes])) {
    throw new ShapeError({
      what: `${name}: the weight has shape [${weight.shape.join(', ')}]`,
      expected: `[${classes}], one factor per class`,
      fix: 'pass a factor for each class',
    })
  }
  return classes
}

/** Looks at labels whose values are known; inside compile they are not. */
function checkLabels(name: string, target: Tensor, classes: number, ignoreIndex: number): void {
  if (currentTrace() !== undefined || target.values === undefined) return
  const labels: Iterable<number> & { readonly length: number } = target.values
  let place = 0
  for (const label of labels) {
    if ((label < 0 || label >= classes) && label !== ignoreIndex) {
      throw new IndexOutOfRangeError({
        what: `${name}: label ${place} is ${label}`,
        expected: `a class number from 0 to ${classes - 1}`,
        fix: 'count classes from 0, and give the last layer one output per class; ignoreIndex names labels that do not count',
      })
    }
    place++
  }
}
