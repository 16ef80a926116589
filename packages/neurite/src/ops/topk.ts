import { requireWhole } from '../option-checks.ts'
import type { Node } from '../graph/node.ts'
import { argsort } from './argsort.ts'
import { gather } from './gather.ts'
import { slice } from './slice.ts'
import { normaliseAxis } from './support/axes.ts'

/**
 * The `k` largest elements along an axis, in order, and where they are: `torch.topk`. Of equal elements the earlier one
 * comes first; NaN counts as larger than every number. Gradients flow back to the places that the values came from.
 *
 * @param x any dtype, at least one dimension
 * @param k from 0 to the size of the axis
 * @param options `axis` (default -1); `largest` (default true), or the smallest; the result is sorted whatever `sorted` says
 * @returns `values` with the dtype of `x` and `indices` in int32, both with `k` elements along the axis
 * @throws ArgumentError when `k` is not such a number
 * @throws IndexOutOfRangeError for an axis that does not exist
 */
export function topk(
  x: Node,
  k: number,
  options: { readonly axis?: number; readonly largest?: boolean; readonly sorted?: boolean } = {},
): { values: Node; indices: Node } {
  const { axis = -1, largest = true } = options
  const along = normaliseAxis('topk', axis, x.shape.length)
  const length = x.shape[along]!
  requireWhole('topk', 'k', k, 0, length)
  const order = argsort(x, { axis: along, descending: largest })
  const indices = slice(order, { start: x.shape.map(() => 0), size: x.shape.with(along, k) })
  return { values: gather(x, along, indices), indices }
}
