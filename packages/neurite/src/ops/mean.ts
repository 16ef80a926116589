import type { Node, ReduceAttributes } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'
import { div } from './div.ts'
import { expand } from './expand.ts'
import { sum } from './sum.ts'
import { requireFloat } from './support/broadcast.ts'
import type { ReduceOptions } from './support/define-reduce.ts'
import { rowLength, reduceNode } from './support/define-reduce.ts'
import { defineRowReduction } from './support/define-row.ts'
import { rowToNumber } from './support/evaluate-rows.ts'
import { ofOne } from './support/of-one.ts'

export const meanOperation = defineRowReduction<ReduceAttributes>({
  name: 'mean',
  dtype: 'float32',
  axes: ({ axes }) => axes,
  evaluate: rowToNumber(
    ({ axes }) => axes,
    (row) => row.reduce((total, x) => total + x, 0) / row.length,
  ),
  lower: ofOne((x, { axes }) => div(sum(x, { axes, keepDim: true }), rowLength(x.shape, axes))),
  derivative: ({ inputs: [x], attributes: { axes }, gradient }) => [
    expand(div(gradient, rowLength(x!.shape, axes)), x!.shape),
  ],
})

/**
 * The mean over some axes, all by default (torch.mean); NaN for an empty one. Throws DTypeError for integers and
 * IndexOutOfRangeError for an axis that does not exist.
 */
export function mean(x: Node, options: ReduceOptions = {}): Node {
  return reduceNode(requireFloat('mean', x), options, 'mean', (node, axes) =>
    createNode(meanOperation, [node], { axes }),
  )
}
