import type { Node } from '../graph/node.ts'
import { expand } from './expand.ts'
import { toArithmetic } from './support/broadcast.ts'
import type { ReduceOptions } from './support/define-reduce.ts'
import { defineReduce, reducePrimitive } from './support/define-reduce.ts'
import { fold } from './support/evaluate-rows.ts'

export const sumOperation = defineReduce({
  name: 'sum',
  empty: 0,
  evaluate: fold(
    0,
    (a, b) => a + b,
    (a, b) => (a + b) | 0,
  ),
  derivative: ({ inputs: [x], gradient }) => [expand(gradient, x!.shape)],
})

/**
 * The sum over some axes, all by default (torch.sum); 0 for an empty reduction. bool, uint8 and int32 give int32, which
 * wraps. Throws IndexOutOfRangeError for an axis that does not exist.
 */
export function sum(x: Node, options: ReduceOptions = {}): Node {
  return reducePrimitive(sumOperation, toArithmetic(x), options)
}
