import type { Node } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'
import { div } from './div.ts'
import { exp } from './exp.ts'
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

export const softmaxOperation = defineRowMap({
  name: 'softmax',
  evaluate: rowToRow((row) => {
    const largest = row.reduce((a, b) => Math.max(a, b), -Infinity)
    const powers = row.map((x) => Math.exp(x - largest))
    const total = powers.reduce((a, b) => a + b, 0)
    return powers.map((power) => power / total)
  }),
  lower: ofOne((x, { axis }) => {
    if (x.shape[axis] === 0) return x
    const powers = exp(sub(x, max(x, { axes: axis, keepDim: true })))
    return div(powers, sum(powers, { axes: axis, keepDim: true }))
  }),
  derivative({ node, attributes: { axis }, gradient }) {
    const weighted = mul(gradient, node)
    return [sub(weighted, mul(node, sum(weighted, { axes: axis, keepDim: true })))]
  },
})

/**
 * `e^x / (sum of e^x along the axis)`, without overflow (torch.softmax); shape unchanged. NaN for a row of -Infinity alone.
 * Throws DTypeError for integers and IndexOutOfRangeError for an axis that does not exist.
 */
export function softmax(x: Node, axis: number): Node {
  requireFloat('softmax', x)
  // As in PyTorch, a scalar counts as a vector of one element here.
  if (x.shape.length === 0) return reshape(softmax(reshape(x, [1]), axis), [])
  return createNode(softmaxOperation, [x], { axis: normaliseAxis('softmax', axis, x.shape.length) })
}
