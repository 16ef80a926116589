import { ArgumentError } from '../errors.ts'
import type { Node, ReduceAttributes } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'
import { div } from './div.ts'
import { mean } from './mean.ts'
import { mul } from './mul.ts'
import { square } from './square.ts'
import { sub } from './sub.ts'
import { sum } from './sum.ts'
import { requireFloat } from './support/broadcast.ts'
import type { ReduceOptions } from './support/define-reduce.ts'
import { reduceNode, rowLength } from './support/define-reduce.ts'
import { defineRowReduction } from './support/define-row.ts'
import { rowToNumber } from './support/evaluate-rows.ts'
import { ofOne } from './support/of-one.ts'

export interface VarianceAttributes extends ReduceAttributes {
  /** Subtracted from the number of elements in the denominator. */
  readonly correction: number
}

function denominator(length: number, correction: number): number {
  return Math.max(0, length - correction)
}

function fromMean(x: Node, axes: readonly number[]): Node {
  return sub(x, mean(x, { axes, keepDim: true }))
}

export const varianceOperation = defineRowReduction<VarianceAttributes>({
  name: 'variance',
  dtype: 'float32',
  axes: ({ axes }) => axes,
  evaluate: rowToNumber(
    ({ axes }) => axes,
    (row, { correction }) => {
      const average = row.reduce((total, x) => total + x, 0) / row.length
      const squares = row.reduce((total, x) => total + (x - average) * (x - average), 0)
      return squares / denominator(row.length, correction)
    },
  ),
  lower: ofOne((x, { axes, correction }) =>
    div(sum(square(fromMean(x, axes)), { axes, keepDim: true }), denominator(rowLength(x.shape, axes), correction)),
  ),
  derivative({ inputs: [x], attributes: { axes, correction }, gradient }) {
    const scale = div(mul(gradient, 2), denominator(rowLength(x!.shape, axes), correction))
    return [mul(fromMean(x!, axes), scale)]
  },
})

/**
 * The mean squared distance from the mean, over some axes, all by default (torch.var): the sum of squares divided by
 * `n - correction`. correction is 1 by default (the unbiased estimate); 0 gives the variance of the population. NaN for
 * too few elements. Throws DTypeError for integers, ArgumentError for a correction that is not a finite number and
 * IndexOutOfRangeError for an axis that does not exist.
 */
export function variance(x: Node, options: ReduceOptions & { readonly correction?: number | undefined } = {}): Node {
  const correction = options.correction ?? 1
  if (!Number.isFinite(correction)) {
    throw new ArgumentError({
      what: `variance: correction is ${String(correction)}`,
      expected: 'a finite number: 1 for the unbiased estimate, 0 for the variance of the population',
      fix: 'leave it out for 1',
    })
  }
  return reduceNode(requireFloat('variance', x), options, 'variance', (node, axes) =>
    createNode(varianceOperation, [node], { axes, correction }),
  )
}
