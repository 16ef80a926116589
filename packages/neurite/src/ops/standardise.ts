import type { CompositeOperation, Node, ReduceAttributes } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'
import { add } from './add.ts'
import { div } from './div.ts'
import { mul } from './mul.ts'
import { rsqrt } from './rsqrt.ts'
import { square } from './square.ts'
import { sub } from './sub.ts'
import { sum } from './sum.ts'
import { normaliseAxes } from './support/axes.ts'
import { requireFloat } from './support/broadcast.ts'
import { rowLength } from './support/define-reduce.ts'
import { forEachRow } from './support/evaluate-rows.ts'

export interface StandardiseAttributes extends ReduceAttributes {
  /** Added to the variance. */
  readonly eps: number
  /** Whether the mean is subtracted; without, the mean square stands for the variance. */
  readonly centred: boolean
}

/** The mean over some axes, which are kept with size 1. */
function average(x: Node, axes: readonly number[]): Node {
  // The last axes first: their sums join the kernels that run over the same rows.
  const first = axes.findIndex((axis, i) => axis === x.shape.length - axes.length + i)
  const [rest, last] = first < 0 ? [axes, []] : [axes.slice(0, first), axes.slice(first)]
  const inner = last.length === 0 ? x : sum(x, { axes: last, keepDim: true })
  const total = rest.length === 0 ? inner : sum(inner, { axes: rest, keepDim: true })
  return div(total, rowLength(x.shape, axes))
}

/** Mean and variance (of the population) over some axes, which are kept with size 1. */
export function moments(x: Node, axes: readonly number[]): { readonly mean: Node; readonly variance: Node } {
  const mean = average(x, axes)
  return { mean, variance: average(square(sub(x, mean)), axes) }
}

/** 1 / sqrt(variance + eps), and what it multiplies. */
function parts(x: Node, { axes, eps, centred }: StandardiseAttributes): { centre: Node; scale: Node } {
  const centre = centred ? sub(x, average(x, axes)) : x
  return { centre, scale: rsqrt(add(average(square(centre), axes), eps)) }
}

export const standardiseOperation: CompositeOperation<StandardiseAttributes> = {
  kind: 'composite',
  name: 'standardise',
  infer: ([x]) => ({ shape: requireFloat('standardise', x!).shape, dtype: 'float32' }),
  evaluate([x], { inputs, attributes: { axes, eps, centred } }) {
    const result = new Float64Array(x!.length)
    forEachRow(x!, inputs[0]!.shape, axes, (row, places) => {
      const mean = centred ? row.reduce((total, value) => total + value, 0) / row.length : 0
      const squares = row.reduce((total, value) => total + (value - mean) * (value - mean), 0)
      const deviation = Math.sqrt(squares / row.length + eps)
      for (const [i, place] of places.entries()) result[place] = (row[i]! - mean) / deviation
    })
    return result
  },
  lower([x], attributes) {
    const { centre, scale } = parts(x!, attributes)
    return mul(centre, scale)
  },
  derivative({ node, inputs: [x], attributes, gradient }) {
    const { axes, centred } = attributes
    // What the mean and the scale take back; both sums run over the same rows as the result.
    const along = mul(node, average(mul(gradient, node), axes))
    const across = centred ? sub(gradient, average(gradient, axes)) : gradient
    return [mul(sub(across, along), parts(x!, attributes).scale)]
  },
}

/**
 * `(x - mean) / sqrt(variance + eps)` over some axes, with the variance of the population: what layer, batch, group and
 * instance normalisation have in common. With `centred: false` `x / sqrt(mean of x^2 + eps)`.
 *
 * @param x float32
 * @returns the shape of `x`
 * @throws DTypeError for integers
 * @throws IndexOutOfRangeError for an axis that does not exist
 */
export function standardise(
  x: Node,
  options: { readonly axes: readonly number[]; readonly eps: number; readonly centred?: boolean },
): Node {
  const axes = normaliseAxes('standardise', options.axes, x.shape.length)
  return createNode(standardiseOperation, [x], { axes, eps: options.eps, centred: options.centred ?? true })
}
