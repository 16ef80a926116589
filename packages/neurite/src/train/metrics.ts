import { ShapeError } from '../errors.ts'
import { equalShapes } from '../tensor/for-modules.ts'
import type { Tensor } from '../tensor/index.ts'
import { loadWithDevice } from './load.ts'

/** A number of a batch that is the mean of one number per example, such as the accuracy. */
export type MeanMetric = (output: Tensor, target: Tensor) => Tensor

/** A number that follows from something gathered over all batches, such as counts for an F1 score. */
export interface GatheredMetric {
  /** 'sum': `of` gives tensors of one shape, which are added up. 'list': what `of` gives is put in a row. */
  readonly gather: 'sum' | 'list'
  of(output: Tensor, target: Tensor): Tensor
  /** The number; `gathered` is row-major. */
  value(gathered: readonly number[]): number
}

export type Metric = MeanMetric | GatheredMetric

/**
 * Metrics by name. Classification ([batch, classes, ...] or one number per example, with class numbers or 0 and 1 as
 * targets): `accuracy`; `top3Accuracy` (any number: the class is among the largest outputs); `precision`, `recall` and
 * `f1` of class 1, their means over classes (`f1Macro`) and over all decisions (`f1Micro`); `rocAuc`, the probability
 * that an example of class 1 has a larger output than one of class 0; `perplexity`, e to the mean cross-entropy.
 * Numbers: `meanAbsoluteError` and `rSquared`.
 */
export type MetricName =
  | 'accuracy'
  | `top${number}Accuracy`
  | `${'precision' | 'recall' | 'f1'}${'' | 'Macro' | 'Micro'}`
  | 'rocAuc'
  | 'perplexity'
  | 'meanAbsoluteError'
  | 'rSquared'

/** What to measure: names, or functions and names under names of one's own. */
export type Metrics = readonly MetricName[] | Readonly<Record<string, Metric | MetricName>>

/**
 * Metrics of an output that is there already, such as predictions for a whole test set.
 *
 * @throws ArgumentError for a name that is no metric
 * @throws ShapeError where the target does not belong to the output
 *
 * @example
 * ```ts
 * import { computeMetrics, tensor } from 'neurite'
 *
 * const output = tensor([0.9, 0.8, 0.3, 0.6])
 * const target = tensor([1, 1, 1, 0])
 * const { recall, rocAuc } = await computeMetrics(output, target, ['recall', 'rocAuc'])
 * console.log(recall!.toFixed(2), rocAuc!.toFixed(2)) // → 0.67 0.67
 * ```
 */
export async function computeMetrics(
  output: Tensor,
  target: Tensor,
  metrics: Metrics,
): Promise<Readonly<Record<string, number>>> {
  const { measureOnce } = await loadWithDevice()
  return measureOnce(output, target, metrics)
}

/**
 * The part of the examples that are right. `output` [batch, classes] with class numbers [batch]: the largest output names
 * the class. `output` and `target` of one shape: both lie on the same side of 0.5, for targets of 0 and 1.
 *
 * @throws ShapeError where the target does not belong to the output
 *
 * @example
 * ```ts
 * import { accuracy, tensor } from 'neurite'
 *
 * const output = tensor([[2, 1], [0, 3], [5, 4]])
 * console.log((await accuracy(output, tensor([0, 1, 1], { dtype: 'int32' })).item()).toFixed(2)) // → 0.67
 * ```
 */
export function accuracy(output: Tensor, target: Tensor): Tensor<[], 'float32'> {
  if (target.dtype !== 'float32' && output.rank === target.rank + 1 && output.rank > 1) {
    return asShare(output.argmax(1).equal(target as never))
  }
  if (!equalShapes(output.shape, target.shape)) {
    throw new ShapeError({
      what: `accuracy: the output has shape [${output.shape.join(', ')}], the target [${target.shape.join(', ')}]`,
      expected: 'class numbers without the axis of classes, or a target of the same shape',
      fix: 'pass a metric of your own for other outputs',
    })
  }
  return asShare(output.greaterEqual(0.5).equal(target.greaterEqual(0.5) as never))
}

function asShare(isRight: Tensor): Tensor<[], 'float32'> {
  return isRight.to('float32').mean()
}
