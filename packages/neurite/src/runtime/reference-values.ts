import { evaluateAllNodes, ReferenceState } from '../backends/reference/index.ts'
import type { Node, ReferenceValues, StateReference } from '../graph/node.ts'
import type { State } from './state.ts'

/** The value of every node below `roots` in float64, each operation computed by its own definition, nothing simplified. */
export function evaluateInFloat64(roots: readonly Node[]): Map<Node, ReferenceValues> {
  const states = new Map<StateReference, ReferenceValues>()
  return evaluateAllNodes(roots, {
    state: (reference) => {
      let values = states.get(reference)
      if (values === undefined) states.set(reference, (values = stateValues(reference as State)))
      return values
    },
  })
}

function stateValues(state: State): ReferenceValues {
  const storage = state.storage()
  return storage instanceof ReferenceState ? storage.values.slice() : Float64Array.from(storage.read())
}
