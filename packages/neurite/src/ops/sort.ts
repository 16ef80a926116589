import type { Node } from '../graph/node.ts'
import { argsort } from './argsort.ts'
import { gather } from './gather.ts'

/**
 * The elements in order along an axis, and where they came from: `torch.sort(stable=True)`. Gradients flow back to the
 * places that the values came from.
 *
 * @param x any dtype, at least one dimension
 * @param options `axis` (default -1, negative axes count from the end); `descending` (default false) puts the largest first
 * @returns `values` with the dtype of `x` and `indices` in int32, both with the shape of `x`
 * @throws IndexOutOfRangeError for an axis that does not exist
 */
export function sort(
  x: Node,
  options: { readonly axis?: number; readonly descending?: boolean } = {},
): { values: Node; indices: Node } {
  const indices = argsort(x, options)
  return { values: gather(x, options.axis ?? -1, indices), indices }
}
