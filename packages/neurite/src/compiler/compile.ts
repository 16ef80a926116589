/** Graph program in, plan out: simplify, lower, fuse, order, place in memory. Knows nothing of any backend. */
import { lower } from '../graph/lower.ts'
import type { Node } from '../graph/node.ts'
import { elementCount } from '../graph/node.ts'
import { simplify } from '../graph/simplify.ts'
import { resolveAssignments } from './dependencies.ts'
import type { Buffer } from './expression.ts'
import type { Kernel } from './kernel.ts'
import { planMemory } from './memory-plan.ts'
import type { MemoryPlan } from './memory-plan.ts'
import type { GraphProgram } from './program.ts'
import { mergeScans } from './scan-merge.ts'
import { planScans } from './scan-plan.ts'
import type { ToKernels } from './scan-plan.ts'
import { identityOf, schedule } from './schedule.ts'
import { buildStatements } from './statements.ts'
import { turnTransposedProducts } from './transposed-products.ts'
import type { Statement } from './statement.ts'

export interface Plan {
  readonly program: GraphProgram
  readonly kernels: readonly Kernel[]
  readonly buffers: readonly Buffer[]
  /** One contiguous buffer per program output. */
  readonly outputs: readonly Buffer[]
  readonly memory: MemoryPlan
}

export interface CompileOptions {
  /** Largest scratch region that the backend can give. */
  readonly limitBytes: number
}

export function compileProgram(program: GraphProgram, { limitBytes }: CompileOptions): Plan {
  const { prepared, list, kernels } = toKernels(program)
  const memory = planMemory(kernels, list.outputs, limitBytes)
  return { program: prepared, kernels, buffers: list.buffers, outputs: list.outputs, memory }
}

/** Serves the program and, in turn, the bodies of the loops inside it. */
function toKernels(...[program, views, settle]: Parameters<ToKernels>) {
  const prepared = prepare(program)
  const list = buildStatements(prepared, views)
  settle?.(list)
  const statements = resolveAssignments({ ...list, statements: list.statements.flatMap(withoutEmpty) })
  planScans(statements, list.buffers, toKernels)
  return { prepared, list, kernels: schedule(statements, new Set(list.outputs)) }
}

function prepare(program: GraphProgram): GraphProgram {
  const values = program.assignments.map((assignment) => assignment.value)
  const lowered = lower(simplify(mergeScans([...program.outputs, ...values])))
  const roots: readonly Node[] = simplify(turnTransposedProducts(simplify(lowered)))
  const count = program.outputs.length
  return {
    bindings: program.bindings,
    outputs: roots.slice(0, count),
    assignments: program.assignments.map(({ binding }, i) => ({ binding, value: roots[count + i]! })),
  }
}

/** Nothing to compute means no kernel; a reduction over nothing is its identity. */
function withoutEmpty(statement: Statement): Statement[] {
  const { buffer } = statement.target
  if (buffer.elements === 0) return []
  if (statement.kind === 'reduce' && elementCount(statement.shape) === 0) {
    const { shape, dtype } = buffer.type
    const value = { kind: 'constant', id: -1, dtype, value: identityOf(statement), shape } as const
    return [{ kind: 'map', shape, value, target: statement.target, after: statement.after }]
  }
  if (statement.kind === 'scatterAdd' && statement.operands[0]!.view.shape.some((size) => size === 0)) return []
  return [statement]
}
