/** Turns a graph whose leaves are known into a closed program: leaves become bindings. */
import type { BindingValue, GraphProgram } from '../compiler/program.ts'
import type { Node } from '../graph/node.ts'
import { withInputs } from '../graph/with-inputs.ts'
import { binding as bindingNode } from '../ops/binding.ts'
import type { OpenGraph, Source } from './open-graph.ts'

/** The values to run with. */
export function bindingValue(source: Source): BindingValue {
  switch (source.kind) {
    case 'data':
      return source.values
    case 'scalar':
      return source.scalar.value
    case 'state':
      return source.state.storage()
    case 'input':
      return 0
    default:
      return source satisfies never
  }
}

/** The closed program of a graph. */
export function closeGraph(graph: OpenGraph): GraphProgram {
  const closed = new Map<Node, Node>()
  const bindings = graph.declarations.map(({ type }, index) => bindingNode({ index, type }))
  for (const node of graph.order) {
    const leaf = graph.leaves.get(node)
    if (leaf !== undefined) closed.set(node, bindings[leaf]!)
    else if (node.inputs.length === 0) closed.set(node, node)
    else {
      const inputs = node.inputs.map((input) => closed.get(input)!)
      closed.set(node, withInputs(node, inputs))
    }
  }
  const targets = new Map(
    graph.sources.map((source, index) => [source.kind === 'state' ? source.state : source, index]),
  )
  return {
    bindings: graph.declarations,
    outputs: graph.outputs.map((node) => closed.get(node)!),
    assignments: graph.assignments.map(({ state, value }) => ({
      binding: targets.get(state)!,
      value: closed.get(value)!,
    })),
  }
}
