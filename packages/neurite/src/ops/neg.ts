import { DTypeError } from '../errors.ts'
import type { Node } from '../graph/node.ts'
import { toArithmetic } from './support/broadcast.ts'
import { defineMap, unary } from './support/define-map.ts'
import { lanes } from './support/evaluate-lanes.ts'

export const negOperation = defineMap({
  name: 'neg',
  rule: 'number',
  evaluate: lanes((x) => -x),
  derivative: ({ gradient }) => [neg(gradient)],
})

/** `-x` (torch.neg). uint8 counts as int32; int32 wraps. Throws DTypeError for bool, as PyTorch does. */
export function neg(x: Node): Node {
  if (x.dtype !== 'bool') return unary(negOperation, toArithmetic(x))
  throw new DTypeError({
    what: 'neg: got a tensor of dtype bool',
    expected: 'numbers',
    fix: 'use logicalNot() for the opposite of a truth value, or convert to int32 first',
  })
}
