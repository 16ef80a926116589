import { createNode, type ArgsortAttributes, type KernelOperation, type Node } from '../graph/node.ts'
import { cast } from './cast.ts'
import { normaliseAxis } from './support/axes.ts'
import { transpose } from './transpose.ts'

export const argsortOperation: KernelOperation<ArgsortAttributes> = {
  kind: 'kernel',
  kernel: 'argsort',
  name: 'argsort',
  infer: ([x]) => ({ shape: x!.shape, dtype: 'int32' }),
  evaluate([x], { inputs, attributes: { descending } }) {
    const length = inputs[0]!.shape.at(-1)!
    const result = new Float64Array(x!.length)
    for (let row = 0; row < x!.length; row += length) {
      const order = Array.from({ length }, (_, i) => i)
      // Array sorting is stable, so equal elements keep their order in both directions.
      order.sort((a, b) => {
        const difference = compare(x![row + a]!, x![row + b]!)
        return descending ? -difference : difference
      })
      result.set(order, row)
    }
    return result
  },
}

/** Numbers by size, NaN behind all of them; -0 and 0 are equal. */
function compare(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * The positions that would sort `x` along an axis: `torch.argsort(stable=True)`. Equal elements keep their order; NaN
 * counts as larger than every number. There is no gradient.
 *
 * @param x any dtype, at least one dimension
 * @param options `axis` (default -1, negative axes count from the end); `descending` (default false) puts the largest first
 * @returns int32, the shape of `x`
 * @throws IndexOutOfRangeError for an axis that does not exist
 */
export function argsort(x: Node, options: { readonly axis?: number; readonly descending?: boolean } = {}): Node {
  const { axis = -1, descending = false } = options
  const along = normaliseAxis('argsort', axis, x.shape.length)
  const values = x.dtype === 'float32' || x.dtype === 'int32' ? x : cast(x, 'int32')
  const turned = transpose(values, along, -1)
  return transpose(createNode(argsortOperation, [turned], { descending }), along, -1)
}
