import type { DerivativeContext, Node, ReduceAttributes } from '../graph/node.ts'
import { cast } from './cast.ts'
import { div } from './div.ts'
import { equal } from './equal.ts'
import { sum } from './sum.ts'
import { toArithmetic } from './support/broadcast.ts'
import type { ReduceOptions } from './support/define-reduce.ts'
import { defineReduce, reducePrimitive } from './support/define-reduce.ts'
import { where } from './where.ts'
import { fold } from './support/evaluate-rows.ts'

/** Shares the gradient of an extreme value evenly among the elements that have it. */
export function shareAmongTies({
  node,
  inputs: [x],
  attributes: { axes },
  gradient,
}: DerivativeContext<ReduceAttributes>): readonly Node[] {
  const isChosen = equal(x!, node)
  const count = sum(cast(isChosen, 'float32'), { axes, keepDim: true })
  return [where(isChosen, div(gradient, count), 0)]
}

export const maxOperation = defineReduce({
  name: 'max',
  empty: undefined,
  evaluate: fold(-Infinity, Math.max),
  derivative: (context) => shareAmongTies(context),
})

/**
 * The largest value over some axes, all by default (torch.amax); NaN where one is among them. The gradient is shared evenly
 * by equal largest values. The dtype stays. Throws ShapeError for an empty axis and IndexOutOfRangeError for one that does
 * not exist.
 */
export function max(x: Node, options: ReduceOptions = {}): Node {
  return cast(reducePrimitive(maxOperation, toArithmetic(x), options), x.dtype)
}
