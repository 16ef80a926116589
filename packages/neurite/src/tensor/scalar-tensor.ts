import type { HostScalar } from '../graph/node.ts'
import { scalar } from '../ops/scalar.ts'
import { currentTrace } from '../runtime/trace-context.ts'
import { hostArray } from '../runtime/values.ts'
import { fromNode, fromValues, type Tensor } from './tensor.ts'

/** A number that programs read at every run: changing `value` never compiles anything again. */
export function hostScalar(value: number): HostScalar {
  return { value }
}

/**
 * A number of the host as a tensor of shape []. Inside a compiled function it is read anew at every run; outside it has
 * the value of this moment.
 */
export function scalarTensor<D extends 'float32' | 'int32' = 'float32'>(
  number: HostScalar,
  dtype: D = 'float32' as D,
): Tensor<[], D> {
  if (currentTrace() !== undefined) return fromNode<[], D>(scalar(number, dtype))
  const values = hostArray(dtype, 1)
  values[0] = number.value
  return fromValues(values, [], dtype)
}
