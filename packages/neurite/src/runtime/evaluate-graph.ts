import type { Backend, Executable } from '../compiler/program.ts'
import type { Node } from '../graph/node.ts'
import { bindingValue, closeGraph } from './close-graph.ts'
import { MAXIMUM_PROGRAMS } from './limits.ts'
import { openGraph, type Assignment } from './open-graph.ts'
import { ProgramCache } from './program-cache.ts'
import { keepValues } from './values.ts'

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

/** Runs what `outputs` need on a backend, writes `assignments`, and keeps the values of the outputs. */
export function evaluateGraph(
  backend: Backend,
  outputs: readonly Node[],
  assignments: readonly Assignment[],
  beforeWrites?: () => void,
): void {
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
