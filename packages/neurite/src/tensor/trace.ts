import { ArgumentError } from '../errors.ts'
import type { DType, Shape } from '../graph/node.ts'
import { topologicalOrder } from '../graph/node.ts'
import { withoutDrawing } from '../runtime/random-streams.ts'
import { readSurroundings } from '../runtime/surroundings.ts'
import { TraceContext, withTrace } from '../runtime/trace-context.ts'
import { isTensor } from './nest.ts'
import type { Tensor } from './tensor.ts'

/** What one use of a value adds to its gradient: the incoming gradient times the local derivative. */
export interface TraceContribution {
  /** The entry that uses the value, and as which of its inputs. */
  readonly consumer: number
  readonly inputIndex: number
  readonly value: Float64Array
}

/** One operation of a pass through a network. Numbers that name entries are places in `entries`. */
export interface TraceEntry {
  readonly index: number
  readonly operation: string
  readonly attributes: unknown
  readonly inputs: readonly number[]
  readonly shape: Shape
  readonly dtype: DType
  /** The layer's path or the parameter's name, where known. */
  readonly label: string | undefined
  /** Row-major, in float64; bool as 0 and 1. */
  readonly value: Float64Array
  /** The derivative of the result with respect to the value; undefined where nothing flows back. */
  readonly gradient: Float64Array | undefined
  /** The parts that the gradient is the sum of. */
  readonly contributions: readonly TraceContribution[]
}

/** A pass through a network, one operation at a time. */
export interface Trace {
  /** Inputs before users. */
  readonly entries: readonly TraceEntry[]
  /** The entry of the result. */
  readonly output: TraceEntry
  /** The entry of a parameter, of data, or of a tensor computed in the pass. */
  of(tensor: Tensor): TraceEntry | undefined
}

/**
 * Runs `fn` on the reference backend in float64, and tells of every operation its inputs, value, gradient and what the
 * gradient is made of. The gradient is that of the tensor that `fn` returns; one of several elements gives no gradients.
 * Nothing is changed: assignments, optimiser steps and random draws inside have no effect outside. What is read is that of
 * the moment of the call.
 *
 * @throws ArgumentError unless `fn` returns a tensor
 * @throws StateError for a value read inside
 *
 * @example
 * ```ts
 * import { parameter, tensor, trace } from 'neurite'
 *
 * const w = parameter(tensor([0.5, 0.7]))
 * const pass = await trace(() => w.mul(tensor([0.5, 0.6])).sum())
 * console.log(pass.entries.map((entry) => entry.operation).join()) // → state,data,mul,sum,reshape
 * console.log(pass.output.value[0]?.toFixed(2)) // → 0.67
 * console.log(pass.of(w)?.gradient) // → Float64Array(2) [ 0.5, 0.6000000238418579 ]
 * ```
 */
export async function trace(fn: () => Tensor): Promise<Trace> {
  const context = new TraceContext(true)
  const root = withTrace(context, () => {
    const output = fn()
    if (!isTensor(output)) {
      throw context.failure instanceof Error ? context.failure : resultError(output)
    }
    return output.node
  })
  // Training may go on meanwhile: what the pass reads is read now.
  const order = topologicalOrder([root])
  const surroundings = withoutDrawing(() => {
    for (const hook of context.hooks) hook()
    return readSurroundings(order)
  })
  const { traceEntries } = await import('./trace-entries.ts')
  const places = new Map(order.map((node, index) => [node, index]))
  const entries = traceEntries(root, order, places, await surroundings)
  return {
    entries,
    output: entries[places.get(root)!]!,
    of: (tensor) => {
      const node = tensor.state === undefined ? tensor.recorded : context.stateReads.get(tensor.state)
      const place = node === undefined ? undefined : places.get(node)
      return place === undefined ? undefined : entries[place]
    },
  }
}

/** The first number that is not finite in a pass. */
export interface Anomaly {
  /** The operation that made it from finite numbers. */
  readonly entry: TraceEntry
  /** Whether its value or its gradient is not finite. */
  readonly where: 'value' | 'gradient'
  readonly kind: 'NaN' | 'infinity'
}

/**
 * The operation that made the first NaN or infinity, forward first, then backward; undefined where all is finite. Values
 * that float32 cannot hold count as infinite. Leaves are found too: NaN in the data.
 *
 * @example
 * ```ts
 * import { findAnomaly, tensor, trace } from 'neurite'
 *
 * const found = findAnomaly(await trace(() => tensor([1, -1]).sqrt().sum()))
 * console.log(found?.entry.operation, found?.kind) // → sqrt NaN
 * ```
 */
export function findAnomaly(pass: Trace): Anomaly | undefined {
  // Numbers written in the program are meant: an infinity as a mask, say, and what is spread from it.
  const isWritten: boolean[] = []
  for (const entry of pass.entries) {
    const { inputs, operation } = entry
    isWritten.push(inputs.length === 0 ? operation === 'constant' : inputs.every((input) => isWritten[input]))
    if (isWritten[entry.index] === true) continue
    const kind = entry.dtype === 'float32' ? anomalyIn(entry.value) : undefined
    if (kind !== undefined) return { entry, where: 'value', kind }
  }
  for (const entry of pass.entries.toReversed()) {
    const kind = entry.gradient === undefined ? undefined : anomalyIn(entry.gradient)
    if (kind !== undefined) return { entry, where: 'gradient', kind }
  }
  return undefined
}

function anomalyIn(values: Float64Array): Anomaly['kind'] | undefined {
  for (const value of values) {
    if (Number.isNaN(value)) return 'NaN'
    if (!Number.isFinite(Math.fround(value))) return 'infinity'
  }
  return undefined
}

function resultError(result: unknown): ArgumentError {
  return new ArgumentError({
    what: `trace: the function returned ${result instanceof Promise ? 'a promise' : typeof result}`,
    expected: 'a tensor, such as the loss',
    fix: 'return the tensor whose making is to be shown, without async',
  })
}
