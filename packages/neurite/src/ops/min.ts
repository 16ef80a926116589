import type { Node } from '../graph/node.ts'
import { cast } from './cast.ts'
import { shareAmongTies } from './max.ts'
import { toArithmetic } from './support/broadcast.ts'
import type { ReduceOptions } from './support/define-reduce.ts'
import { defineReduce, reducePrimitive } from './support/define-reduce.ts'
import { fold } from './support/evaluate-rows.ts'

export const minOperation = defineReduce({
  name: 'min',
  empty: undefined,
  evaluate: fold(Infinity, Math.min),
  derivative: (context) => shareAmongTies(context),
})

/**
 * The smallest value over some axes, all by default (torch.amin); NaN where one is among them. The gradient is shared
 * evenly by equal smallest values. The dtype stays. Throws ShapeError for an empty axis and IndexOutOfRangeError for one
 * that does not exist.
 */
export function min(x: Node, options: ReduceOptions = {}): Node {
  return cast(reducePrimitive(minOperation, toArithmetic(x), options), x.dtype)
}
