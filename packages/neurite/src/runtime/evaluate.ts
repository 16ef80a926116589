import type { Executable } from '../compiler/program.ts'
import type { HostArray, Node } from '../graph/node.ts'
import { bindingValue, closeGraph, openGraph, type Assignment } from './close-graph.ts'
import { currentBackend } from './device.ts'
import { ProgramCache } from './program-cache.ts'
import { keepValues, knownValues } from './values.ts'

/** Programs that are kept at most, here and in every compiled function; the least recently used goes first. */
export const MAXIMUM_PROGRAMS = 64

/** After this many graphs that differ only in constants, constants become run-time numbers. */
const CONSTANT_VARIANTS = 4

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

/** Runs what `outputs` need, writes `assignments`, and gives the values of the outputs, which are kept for later graphs. */
export function evaluateNodes(outputs: readonly Node[], assignments: readonly Assignment[] = []): HostArray[] {
  const unknown = outputs.filter((node) => knownValues(node) === undefined)
  if (unknown.length > 0 || assignments.length > 0) run(unknown, assignments)
  return outputs.map((node) => knownValues(node)!)
}

function run(outputs: readonly Node[], assignments: readonly Assignment[]): void {
  const only = outputs[0]!
  // A lone state is copied, not computed.
  if (assignments.length === 0 && outputs.length === 1 && only.operation.name === 'state') {
    const graph = openGraph(outputs, assignments)
    const [source] = graph.sources
    if (source?.kind === 'state') keepValues(only, source.state.read())
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
  for (const { state } of assignments) state.beforeWrite()
  const values = executable.run(bindings)
  for (const [i, node] of outputs.entries()) keepValues(node, values[i]!)
}

function constantKey(structure: string, constants: readonly number[]): string {
  let key = structure
  for (const value of constants) key += Object.is(value, -0) ? '|-0' : `|${value}`
  return key
}
