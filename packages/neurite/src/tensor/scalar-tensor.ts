import type { HostScalar } from '../graph/node.ts'
import { scalar } from '../ops/scalar.ts'
import { currentTrace } from '../runtime/trace-context.ts'
import { hostArray } from '../runtime/values.ts'
import { fromNode, fromValues, type Tensor } from './tensor.ts'

/**
 * A number that programs read at every run: changing `value` never compiles anything again.
 *
 * @example
 * ```ts
 * import { compile, hostScalar, scalarTensor, tensor, type Tensor } from 'neurite'
 *
 * const rate = hostScalar(0.5)
 * const f = compile((x: Tensor) => x.mul(scalarTensor(rate)))
 * rate.value = 3
 * console.log(await f(tensor([2])).item(), f.programCount) // → 6 1
 * ```
 */
export function hostScalar(value: number): HostScalar {
  return { value }
}

/**
 * A number of the host as a tensor of shape []. Inside a compiled function it is read anew at every run; outside it has
 * the value of this moment.
 *
 * @example
 * ```ts
 * import { hostScalar, scalarTensor } from 'neurite'
 *
 * console.log(scalarTensor(hostScalar(2))) // → tensor(2.)
 * ```
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
