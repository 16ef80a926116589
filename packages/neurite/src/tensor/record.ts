import { ArgumentError, StateError } from '../errors.ts'
import type { Node } from '../graph/node.ts'
import { full } from '../ops/full.ts'
import { input } from '../ops/input.ts'
import { type Assignment, openGraph, type OpenGraph, type Source } from '../runtime/open-graph.ts'
import { State } from '../runtime/state.ts'
import { type TraceContext, withTrace } from '../runtime/trace-context.ts'
import type { Parameter, Recording } from './compiled-program.ts'
import { isTensor, type Nest, putTogether, takeApart } from './nest.ts'
import { hostScalar, scalarTensor } from './scalar-tensor.ts'
import { zerosBuffer } from './state-tensor.ts'
import { fromNode, type Tensor } from './tensor.ts'

/** Runs `fn` on stand-ins for its arguments and gives back what it did. */
export function record(
  fn: (...values: never[]) => unknown,
  argumentsNest: Nest,
  leaves: readonly unknown[],
  context: TraceContext,
  key: string,
  keepGradients: boolean,
  calls: { count: number },
): Recording {
  return withTrace(context, () => {
    const parameters: Parameter[] = []
    const standIns = leaves.map((leaf, index) => standIn(leaf as Tensor | number, index, parameters))
    const values = putTogether(argumentsNest, (index) => standIns[index]) as never[]
    const returned = fn(...values)
    if (returned instanceof Promise) throw asyncError(returned, context)
    const tensors: Tensor[] = []
    const result = takeApart(returned, tensors, isTensor, 'the result')
    const outputs = [...tensors.map((tensor) => tensor.node), ...context.watched.values()]
    const assignments = allAssignments(context, keepGradients, calls)
    const graph = openGraph(outputs, assignments)
    const [resident, owned] = withResidentData(graph)
    return {
      key,
      parameters,
      context,
      graph: resident,
      result,
      outputs: outputs.map(({ shape, dtype }) => ({ shape, dtype })),
      watched: [...context.watched.keys()],
      owned,
    }
  })
}

function standIn(leaf: Tensor | number, index: number, parameters: Parameter[]): Tensor {
  if (typeof leaf === 'number') {
    const scalar = hostScalar(leaf)
    parameters.push({ kind: 'number', scalar })
    return scalarTensor(scalar)
  }
  const { shape, dtype, wantsGrad } = leaf
  const state = wantsGrad ? leaf.state : undefined
  parameters.push({ kind: 'tensor', shape, dtype, wantsGrad, state, input: index })
  if (state !== undefined) return leaf
  const made = fromNode(input({ index, shape, dtype }))
  made.label = leaf.label
  if (wantsGrad) made.requiresGrad = true
  return made
}

/** What the run writes: assigned states, sums of gradients, and gradients that are to be kept. */
function allAssignments(context: TraceContext, keepGradients: boolean, calls: { count: number }): Assignment[] {
  const list: Assignment[] = [...context.assignments].map(([state, value]) => ({ state, value }))
  for (const { state, node } of context.sums.values()) {
    list.push({ state, value: context.gathering ? node : full(state.shape, 0, state.dtype) })
  }
  for (const [owner, gradient] of context.gradients as Map<Tensor, Tensor | undefined>) {
    if (owner.trace !== undefined || gradient === undefined) continue
    if (!keepGradients) {
      withTrace(undefined, () => {
        owner.grad = undefined
        owner.gradientUse = { calls, clearedAt: calls.count }
      })
      continue
    }
    const kept = zerosBuffer(owner.shape)
    list.push({ state: kept.state!, value: gradient.node })
    withTrace(undefined, () => (owner.grad = kept))
  }
  return list
}

/** Data that the function captured or made moves into resident memory, so that calls do not copy it again. */
function withResidentData(graph: OpenGraph): [OpenGraph, State[]] {
  const owned: State[] = []
  const sources = graph.sources.map((source, index): Source => {
    if (source.kind !== 'data') return source
    const state = new State(graph.declarations[index]!.type, source.values.slice())
    owned.push(state)
    return { kind: 'state', state }
  })
  const declarations = graph.declarations.map((declaration, index) =>
    sources[index]!.kind === 'state' ? { ...declaration, kind: 'state' as const } : declaration,
  )
  // Input bindings stay data: their arrays come with each call.
  return [{ ...graph, sources, declarations }, owned]
}

function asyncError(returned: Promise<unknown>, context: TraceContext): unknown {
  // Its own failure is told here already.
  returned.catch(() => undefined)
  return (
    context.failure ??
    new StateError({
      what: 'the function given to compile is async',
      expected: 'a function that records operations and returns at once',
      fix: 'leave out async and await; read values after the call',
    })
  )
}

/**
 * Inside a compiled function: makes a tensor readable after every call, as `step.watched.get(name)`. Gives the tensor
 * back, so it can stand in the middle of a formula. Outside, it does nothing.
 *
 * @throws ArgumentError for a name that was given to another tensor of the same run
 */
export function watchIn(context: TraceContext, node: Node, name: string): void {
  const before = context.watched.get(name)
  if (before !== undefined && before !== node) {
    throw new ArgumentError({
      what: `two tensors are watched under the name '${name}'`,
      expected: 'a name for each tensor',
      fix: 'choose another name for one of them',
    })
  }
  context.watched.set(name, node)
}
