import type { ScalarFunction } from '../graph/node.ts'
import { walk } from './expression.ts'
import type { Expression } from './expression.ts'

const expensive = new Set<ScalarFunction>(
  'exp expm1 log log1p sin cos tanh sigmoid erf pow threefry div sqrt'.split(' ') as ScalarFunction[],
)

/** Rough number of instructions per element. */
export function expressionCost(expression: Expression): number {
  let cost = 0
  walk(expression, (e) => {
    if (e.kind === 'apply') cost += e.scalar === 'threefry' ? 70 : expensive.has(e.scalar) ? 12 : 1
    else if (e.kind === 'load') cost += 1
  })
  return cost
}
