import { ShapeError } from '../errors.ts'
import { equalShapes } from '../tensor/for-modules.ts'
import type { Tensor } from '../tensor/index.ts'

/** A number of a batch that is the mean of one number per example, such as the accuracy. */
export type Metric = (output: Tensor, target: Tensor) => Tensor

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
