/** Statements: each computes one buffer, or a part of it. */
import type { Combiner, Shape } from '../graph/node.ts'
import type { ScanAttributes } from '../graph/scan.ts'
import { leavesOf } from './expression.ts'
import type { Buffer, Expression, Load } from './expression.ts'
import type { Kernel } from './kernel.ts'
import type { MemoryPlan } from './memory-plan.ts'
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
/** a [...batch, ...rows, ...depth], b [...batch, ...depth, columns], target [...batch, ...rows, columns]. */
export interface ContractStatement extends Omit<StatementBase, 'target'> {
  readonly kind: 'contract'
  readonly a: Load
  readonly b: Load
  /** How many axes count rows, and how many are summed over. */
  readonly rows: number
  readonly depth: number
  /** Its last axis has stride 1. */
  target: Target
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
/** Memory that a step reads or writes outside of its own: at `offset + t * stride` elements of an operand or of the result. */
export interface ScanPlace {
  readonly buffer: Buffer
  readonly operand: number | undefined
  readonly offset: number
  readonly stride: number
}
/** The loop's inside. */
export interface ScanPlan {
  readonly kernels: readonly Kernel[]
  readonly memory: MemoryPlan
  readonly places: readonly ScanPlace[]
  /** Offsets in the result of carries that every step overwrites. */
  readonly states: ReadonlyMap<number, number>
  /** Working memory of one step, and of what is prepared before the first. */
  readonly work: Buffer
  /** Byte offsets in it with room for an operand b that does not change, in whatever order a backend likes. */
  readonly panels: ReadonlyMap<ContractStatement, number>
}
/** Operands: sequences, invariants, and the length if there is one. Statements before it put the initial carries in place. */
export interface ScanStatement extends StatementBase {
  readonly kind: 'scan'
  readonly attributes: ScanAttributes
  readonly operands: readonly Load[]
  plan: ScanPlan | undefined
}
export type Statement = MapStatement | ReduceStatement | ContractStatement | KernelStatement | ScanStatement

/** The loads of a statement. */
export function loadsOf(statement: Statement): Load[] {
  if (statement.kind === 'map' || statement.kind === 'reduce') {
    return leavesOf([statement.value]).filter((leaf) => leaf.kind === 'load')
  }
  return statement.kind === 'contract' ? [statement.a, statement.b] : [...statement.operands]
}
