import type { Node } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'
import { exp } from './exp.ts'
import { log } from './log.ts'
import { max } from './max.ts'
import { mul } from './mul.ts'
import { reshape } from './reshape.ts'
import { sub } from './sub.ts'
import { sum } from './sum.ts'
import { normaliseAxis } from './support/axes.ts'
import { requireFloat } from './support/broadcast.ts'
import { defineRowMap } from './support/define-row.ts'
import { rowToRow } from './support/evaluate-rows.ts'
import { ofOne } from './support/of-one.ts'

export const logSoftmaxOperation = defineRowMap({
  name: 'logSoftmax',
  evaluate: rowToRow((row) => {
    const largest = row.reduce((a, b) => Math.max(a, b), -Infinity)
    const logTotal = Math.log(row.reduce((total, x) => total + Math.exp(x - largest), 0))
    return row.map((x) => x - largest - logTotal)
  }),
  lower: ofOne((x, { axis }) => {
    if (x.shape[axis] === 0) return x
    const shifted = sub(x, max(x, { axes: axis, keepDim: true }))
    return sub(shifted, log(sum(exp(shifted), { axes: axis, keepDim: true })))
  }),
  derivative: ({ node, attributes: { axis }, gradient }) => [
    sub(gradient, mul(exp(node), sum(gradient, { axes: axis, keepDim: true }))),
  ],
})

/**
 * `log(softmax(x))` along an axis, without overflow and exact where the softmax is tiny (torch.log_softmax); shape
 * unchanged. Throws DTypeError for integers and IndexOutOfRangeError for an axis that does not exist.
 */
export function logSoftmax(x: Node, axis: number): Node {
  requireFloat('logSoftmax', x)
  // As in PyTorch, a scalar counts as a vector of one element here.
  if (x.shape.length === 0) return reshape(logSoftmax(reshape(x, [1]), axis), [])
  return createNode(logSoftmaxOperation, [x], { axis: normaliseAxis('logSoftmax', axis, x.shape.length) })
}
