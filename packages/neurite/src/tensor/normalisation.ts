import * as ops from '../ops/index.ts'
import { operandNode } from './tensor-core.ts'
import type { Tensor } from './tensor.ts'

/** `(x - mean) / sqrt(variance + eps)` over some axes; with `centred: false` divided by the root of the mean square. */
export function standardise(
  x: Tensor,
  options: { readonly axes: readonly number[]; readonly eps: number; readonly centred?: boolean },
): Tensor {
  return x.derive(ops.standardise(operandNode(x), options), x)
}

/** Mean and variance of the population over some axes, which are kept with size 1; no gradient flows back. */
export function moments(x: Tensor, axes: readonly number[]): { readonly mean: Tensor; readonly variance: Tensor } {
  const { mean, variance } = ops.moments(x.node, axes)
  return { mean: x.make(mean), variance: x.make(variance) }
}
