import type {
  HostScalar,
  Node,
  ReferenceValues,
  ScalarAttributes,
  StateAttributes,
  StateReference,
} from '../graph/node.ts'
import { isReady, whenReady } from './arrival.ts'
import type { State } from './state.ts'

/** What a graph reads from outside, at one moment. */
export interface Surroundings {
  readonly states: ReadonlyMap<StateReference, ReferenceValues>
  readonly scalars: ReadonlyMap<HostScalar, number>
}

/** Reads what the nodes need from outside, as it is now. */
export function readSurroundings(order: readonly Node[]): Promise<Surroundings> {
  const scalars = new Map<HostScalar, number>()
  const states = new Set<State>()
  for (const { operation, attributes } of order) {
    if (operation.name === 'state') states.add((attributes as StateAttributes).state as State)
    if (operation.name !== 'scalar') continue
    const { scalar } = attributes as ScalarAttributes
    scalars.set(scalar, scalar.value)
  }
  const read = (): Surroundings => ({
    states: new Map([...states].map((state) => [state, exactValues(state)])),
    scalars,
  })
  if (isReady() || [...states].every((state) => state.hostValues() !== undefined)) return Promise.resolve(read())
  for (const state of states) state.await()
  return whenReady(read)
}

function exactValues(state: State): ReferenceValues {
  const known = state.hostValues()
  if (known !== undefined) return Float64Array.from(known)
  const storage = state.storage()
  return storage.readExact?.() ?? Float64Array.from(storage.read())
}
