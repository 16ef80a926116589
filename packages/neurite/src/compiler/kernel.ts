/** The kernels of a program: what backends generate code for. */
import type { Combiner } from '../graph/node.ts'
import type { Buffer, Expression, IndexExpression, Load } from './expression.ts'
import type { ContractStatement, KernelStatement, ScanPlan, ScanStatement } from './statement.ts'

/** How an operand's element index moves through a loop nest, in elements. */
export interface Stream {
  readonly offset: number
  /** Outer loops, outermost first: together they count the rows. */
  readonly rows: readonly { readonly size: number; readonly stride: number }[]
  /** Inner loops (reduced ones in a column reduction), the last one is the innermost. */
  readonly inner: readonly { readonly size: number; readonly stride: number }[]
}

/** Equal for streams that walk alike. */
export function streamKey({ offset, rows, inner }: Stream): string {
  const [outside, inside] = [rows, inner].map((loops) => loops.map(({ size, stride }) => `${size}x${stride}`).join())
  return `${offset}:${outside}:${inside}`
}

/** One result of a loop kernel. */
export interface LoopMember {
  /** wide: one value per element; reduce: one value per row from all its elements; narrow: one value per row. */
  readonly role: 'wide' | 'reduce' | 'narrow'
  /** Members of one level share an inner loop; narrow ones come before the loop of their level. */
  readonly level: number
  readonly value: Expression
  readonly combiner: Combiner | undefined
  readonly target: Buffer
  readonly targetStream: Stream
  readonly streams: ReadonlyMap<Load | IndexExpression, Stream>
  /** Sizes of the inner loops, innermost last. */
  readonly inner: readonly number[]
  /** False where only members of the same kernel read the result, from registers. */
  readonly store: boolean
}

/** Elementwise work and row reductions over rows x columns. A flat kernel has one row; its columns are split over threads. */
export interface LoopKernel {
  readonly kind: 'loop'
  readonly flat: boolean
  readonly rows: number
  readonly columns: number
  readonly members: readonly LoopMember[]
}

/** Reduces leading dimensions: vector lanes run along the kept columns, loops over the reduced dimensions (stream.inner without its last). */
export interface ColumnReduceKernel {
  readonly kind: 'columnReduce'
  readonly combiner: Combiner
  readonly rows: number
  readonly columns: number
  readonly value: Expression
  readonly target: Buffer
  readonly streams: ReadonlyMap<Load | IndexExpression, Stream>
  /** Sizes of the reduced loops, then the columns. */
  readonly inner: readonly number[]
}

export interface ContractKernel {
  readonly kind: 'contract'
  readonly statement: ContractStatement
}

export interface IndexKernel {
  readonly kind: 'index'
  readonly statement: KernelStatement
}

export interface ScanKernel {
  readonly kind: 'scan'
  readonly statement: ScanStatement
  readonly plan: ScanPlan
}

export type Kernel = (LoopKernel | ColumnReduceKernel | ContractKernel | IndexKernel | ScanKernel) & KernelTraffic

/** What a kernel touches, and how much work it is (in simple vector instructions). */
export interface KernelTraffic {
  readonly reads: readonly Buffer[]
  readonly writes: readonly Buffer[]
  readonly work: number
  readonly label: string
}
