import type { Node } from '../graph/node.ts'
import { equal } from './equal.ts'
import { greater } from './greater.ts'
import { less } from './less.ts'
import { mul } from './mul.ts'
import { where } from './where.ts'
import type { Operand } from './support/broadcast.ts'
import { binary, defineMap } from './support/define-map.ts'
import { lanes } from './support/evaluate-lanes.ts'

export const maximumOperation = defineMap({
  name: 'maximum',
  rule: 'number',
  evaluate: lanes(Math.max),
  derivative: ({ inputs: [a, b], gradient }) => {
    const half = mul(gradient, 0.5)
    const tied = equal(a!, b!)
    return [where(tied, half, where(less(a!, b!), 0, gradient)), where(tied, half, where(greater(a!, b!), 0, gradient))]
  },
})

/**
 * The larger of two values, broadcast (torch.maximum); NaN where one of them is NaN. The gradient goes to the larger one, in
 * halves to both where they are equal. bool and uint8 count as int32. Throws
 * ShapeError for shapes that do not broadcast.
 */
export function maximum(a: Operand, b: Operand): Node {
  return binary(maximumOperation, a, b)
}
