import type { Node, ReduceAttributes } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'
import { abs } from './abs.ts'
import { add } from './add.ts'
import { equal } from './equal.ts'
import { exp } from './exp.ts'
import { full } from './full.ts'
import { less } from './less.ts'
import { log } from './log.ts'
import { max } from './max.ts'
import { mul } from './mul.ts'
import { sub } from './sub.ts'
import { sum } from './sum.ts'
import { requireFloat } from './support/broadcast.ts'
import type { ReduceOptions } from './support/define-reduce.ts'
import { keptShape, reduceNode } from './support/define-reduce.ts'
import { defineRowReduction } from './support/define-row.ts'
import { where } from './where.ts'
import { rowToNumber } from './support/evaluate-rows.ts'
import { ofOne } from './support/of-one.ts'

export const logSumExpOperation = defineRowReduction<ReduceAttributes>({
  name: 'logSumExp',
  dtype: 'float32',
  axes: ({ axes }) => axes,
  evaluate: rowToNumber(
    ({ axes }) => axes,
    (row) => {
      const largest = row.reduce((a, b) => Math.max(a, b), -Infinity)
      if (!Number.isFinite(largest)) return largest
      return largest + Math.log(row.reduce((total, x) => total + Math.exp(x - largest), 0))
    },
  ),
  lower: ofOne((x, { axes }) => {
    if (axes.some((axis) => x.shape[axis] === 0)) return full(keptShape(x.shape, axes), -Infinity)
    const largest = max(x, { axes, keepDim: true })
    // An infinite maximum minus itself would be NaN.
    const shift = where(less(abs(largest), Infinity), largest, 0)
    return add(log(sum(exp(sub(x, shift)), { axes, keepDim: true })), shift)
  }),
  derivative({ node, inputs: [x], gradient }) {
    // A row of -Infinity alone has result -Infinity; its elements still contribute e^-Infinity = 0.
    const finite = where(equal(node, -Infinity), 0, node)
    return [mul(exp(sub(x!, finite)), gradient)]
  },
})

/**
 * `log(sum of e^x)` over some axes, all by default, without overflow (torch.logsumexp); -Infinity for an empty one. Throws
 * DTypeError for integers and IndexOutOfRangeError for an axis that does not exist.
 */
export function logSumExp(x: Node, options: ReduceOptions = {}): Node {
  return reduceNode(requireFloat('logSumExp', x), options, 'logSumExp', (node, axes) =>
    createNode(logSumExpOperation, [node], { axes }),
  )
}
