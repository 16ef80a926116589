import type { HostArray, Node, StateAttributes } from '../graph/node.ts'
import { currentBackend, deviceCode, enqueue } from './arrival.ts'
import { openGraph, type Assignment } from './open-graph.ts'
import type { State } from './state.ts'
import { keepValues, knownValues } from './values.ts'

/** About what a node of a waiting graph takes. */
const BYTES_PER_NODE = 256

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
  deviceCode().evaluateGraph(backend, outputs, assignments, beforeWrites)
}
