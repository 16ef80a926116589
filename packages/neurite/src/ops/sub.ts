import { DTypeError } from '../errors.ts'
import type { Node } from '../graph/node.ts'
import { neg } from './neg.ts'
import type { Operand } from './support/broadcast.ts'
import { toNodes } from './support/broadcast.ts'
import { binary, defineMap } from './support/define-map.ts'
import { lanes } from './support/evaluate-lanes.ts'

export const subOperation = defineMap({
  name: 'sub',
  rule: 'number',
  evaluate: lanes((a, b) => a - b),
  derivative: ({ gradient }) => [gradient, neg(gradient)],
})

/**
 * `a - b`, broadcast (torch.sub). uint8 counts as int32; int32 wraps. Throws ShapeError for shapes that do not broadcast and
 * DTypeError for two bools, as PyTorch does.
 */
export function sub(a: Operand, b: Operand): Node {
  const [p, q] = toNodes(a, b)
  if (p.dtype !== 'bool' || q.dtype !== 'bool') return binary(subOperation, p, q)
  throw new DTypeError({
    what: 'sub: got two tensors of dtype bool',
    expected: 'numbers',
    fix: 'use notEqual() to find where they differ, or convert to int32 first',
  })
}
