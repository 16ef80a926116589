import type { Executable } from '../compiler/program.ts'
import type { HostArray, Node, StateAttributes } from '../graph/node.ts'
import { currentBackend, enqueue } from './arrival.ts'
import { bindingValue, closeGraph, openGraph, type Assignment } from './close-graph.ts'
import { ProgramCache } from './program-cache.ts'
import type { State } from './state.ts'
import { keepValues, knownValues } from './values.ts'

/** Programs that are kept at most, here and in every compiled function; the least recently used goes first. */
export const MAXIMUM_PROGRAMS = 64

/** After this many graphs that differ only in constants, constants become run-time numbers. */
const CONSTANT_VARIANTS = 4

/** About what a node of a waiting graph takes. */
const BYTES_PER_NODE = 256

const cache = new ProgramCache<Executable>(MAXIMUM_PROGRAMS, (executable) => executable.free())
const variants = new ProgramCache<{ count: number }>(4 * MAXIMUM_PROGRAMS, () => undefined)
let cacheBackend: unknown

/** How many programs the lazy evaluation has compiled so far, and how many it keeps. For tests and people. */
export const evaluationCounts = {
  compiled: 0,
  get kept(): number {
    return cache.size
  },
}

/** The values of a node where no device is needed for them; found once, they are kept. */
export function valuesAtHand(node: Node): HostArray | undefined {
  const known = knownValues(node)
  if (known !== undefined) return known
  let origin = node
  // The same numbers in another shape.
  while (origin.operation.name === 'reshape' || origin.operation.name === 'detach') origin = origin.inputs[0]!
  const values = knownValues(origin) ?? stateOf(origin)?.hostValues()
  if (values !== undefined) keepValues(node, values)
  return values
}

function stateOf(node: Node): State | undefined {
  return node.operation.name === 'state' ? ((node as Node<StateAttributes>).attributes.state as State) : undefined
}

/**
 * Runs what `outputs` need, writes `assignments`, and gives the values of the outputs, which are kept for later graphs.
 *
 * @throws StateError where the device has not arrived
 */
export function evaluateNodes(outputs: readonly Node[], assignments: readonly Assignment[] = []): HostArray[] {
  const unknown = outputs.filter((node) => valuesAtHand(node) === undefined)
  if (unknown.length === 0 && assignments.length === 0) return outputs.map((node) => knownValues(node)!)
  evaluate(unknown, assignments, () => {
    for (const { state } of assignments) state.beforeWrite()
  })
  return outputs.map((node) => knownValues(node)!)
}

/** `evaluateNodes` for a device that has not arrived: what is read and written is that of this moment. */
export function evaluateLater(
  outputs: readonly Node[],
  assignments: readonly Assignment[],
  use: (values: HostArray[]) => void,
  fail: (error: unknown) => void,
): void {
  const { sources, order } = openGraph(outputs, assignments)
  for (const source of sources) if (source.kind === 'state') source.state.await()
  for (const { state } of assignments) state.await(true)
  const readers = assignments.map(({ state }) => state.takeReader())
  const run = (): void => {
    for (const [i, { state }] of assignments.entries()) state.preserve(readers[i])
    const unknown = outputs.filter((node) => valuesAtHand(node) === undefined)
    if (unknown.length > 0 || assignments.length > 0) evaluate(unknown, assignments)
    use(outputs.map((node) => knownValues(node)!))
  }
  enqueue(run, fail, order.length * BYTES_PER_NODE)
}

function evaluate(outputs: readonly Node[], assignments: readonly Assignment[], beforeWrites?: () => void): void {
  const only = outputs[0]!
  // A lone state is copied, not computed.
  if (assignments.length === 0 && outputs.length === 1 && only.operation.name === 'state') {
    keepValues(only, stateOf(only)!.read())
    return
  }
  const backend = currentBackend()
  if (cacheBackend !== backend) {
    cache.clear()
    cacheBackend = backend
  }
  let graph = openGraph(outputs, assignments)
  const known = variants.get(graph.structure)
  let key = constantKey(graph.structure, graph.constants)
  let executable = cache.get(key)
  if (executable === undefined && known !== undefined && known.count >= CONSTANT_VARIANTS) {
    graph = openGraph(outputs, assignments, true)
    key = constantKey(graph.structure, graph.constants)
    executable = cache.get(key)
  }
  if (executable === undefined) {
    if (known === undefined) variants.set(graph.structure, { count: 1 })
    else known.count++
    executable = backend.compile(closeGraph(graph))
    evaluationCounts.compiled++
    cache.set(key, executable)
  }
  const bindings = graph.sources.map(bindingValue)
  beforeWrites?.()
  const values = executable.run(bindings)
  for (const [i, node] of outputs.entries()) keepValues(node, values[i]!)
}

function constantKey(structure: string, constants: readonly number[]): string {
  let key = structure
  for (const value of constants) key += Object.is(value, -0) ? '|-0' : `|${value}`
  return key
}
