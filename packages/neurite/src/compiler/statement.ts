/** Statements: each computes one buffer, or a part of it. */
import type { Combiner, Shape } from '../graph/node.ts'
import { leavesOf } from './expression.ts'
import type { Buffer, Expression, Load } from './expression.ts'
import type { View } from './view.ts'

export interface Target {
  buffer: Buffer
  readonly view: View
}

interface StatementBase {
  readonly target: Target
  /** Statements that must run earlier although no buffer of theirs is loaded here. */
  readonly after: Statement[]
}
export interface MapStatement extends StatementBase {
  readonly kind: 'map'
  readonly shape: Shape
  readonly value: Expression
}
export interface ReduceStatement extends StatementBase {
  readonly kind: 'reduce'
  readonly combiner: Combiner
  readonly shape: Shape
  readonly axes: readonly number[]
  readonly value: Expression
}
export interface ContractStatement extends StatementBase {
  readonly kind: 'contract'
  readonly a: Load
  readonly b: Load
}
/** Reads `operands`; gather (x, index), scatterAdd (index, source; adds into its target), argsort (x), cumsum (x). */
export interface KernelStatement extends StatementBase {
  readonly kind: 'gather' | 'scatterAdd' | 'argsort' | 'cumsum'
  readonly operands: readonly Load[]
  readonly axis: number
  readonly descending: boolean
  /** Operation and label, for messages about bad indices. */
  readonly label: string
}
export type Statement = MapStatement | ReduceStatement | ContractStatement | KernelStatement

/** The loads of a statement. */
export function loadsOf(statement: Statement): Load[] {
  if (statement.kind === 'map' || statement.kind === 'reduce') {
    return leavesOf([statement.value]).filter((leaf) => leaf.kind === 'load')
  }
  return statement.kind === 'contract' ? [statement.a, statement.b] : [...statement.operands]
}
