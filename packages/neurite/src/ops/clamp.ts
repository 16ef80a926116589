import { ArgumentError } from '../errors.ts'
import type { Node } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'
import { cast } from './cast.ts'
import { greaterEqual } from './greater-equal.ts'
import { lessEqual } from './less-equal.ts'
import { logicalAnd } from './logical-and.ts'
import { maximum } from './maximum.ts'
import { minimum } from './minimum.ts'
import { toArithmetic } from './support/broadcast.ts'
import { defineElementwise } from './support/define-elementwise.ts'
import { where } from './where.ts'
import { elements } from './support/evaluate-lanes.ts'
import { ofOne } from './support/of-one.ts'

export interface ClampAttributes {
  readonly min: number | undefined
  readonly max: number | undefined
}

export const clampOperation = defineElementwise<ClampAttributes>({
  name: 'clamp',
  rule: 'number',
  evaluate: elements((x, { min = -Infinity, max = Infinity }) => Math.min(Math.max(x, min), max)),
  lower: ofOne((x, { min, max }) => {
    const raised = min === undefined ? x : maximum(x, min)
    return max === undefined ? raised : minimum(raised, max)
  }),
  derivative({ x, attributes: { min, max }, gradient }) {
    const isAbove = min === undefined ? undefined : greaterEqual(x, min)
    const isBelow = max === undefined ? undefined : lessEqual(x, max)
    if (isAbove === undefined) return isBelow === undefined ? gradient : where(isBelow, gradient, 0)
    return where(isBelow === undefined ? isAbove : logicalAnd(isAbove, isBelow), gradient, 0)
  },
})

/**
 * `x` limited to the range from `min` to `max` (torch.clamp); NaN stays NaN, and where min is above max the result is max.
 * The gradient is 0 outside the range. Integers with a limit that is not whole are computed in float32. Throws
 * ArgumentError when neither limit is given.
 */
export function clamp(x: Node, limits: { readonly min?: number | undefined; readonly max?: number | undefined }): Node {
  const { min, max } = limits
  if (min === undefined && max === undefined) {
    throw new ArgumentError({
      what: 'clamp: got no limit',
      expected: 'min, max or both',
      fix: 'name a limit: { min: 0 }',
    })
  }
  const isWhole = [min, max].every((limit) => limit === undefined || Number.isInteger(limit))
  return createNode(clampOperation, [isWhole ? toArithmetic(x) : cast(x, 'float32')], { min, max })
}
