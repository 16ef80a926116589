import type { ConstantAttributes, IotaAttributes, Node, ReferenceValues } from '../graph/node.ts'
import { elementCount, topologicalOrder } from '../graph/node.ts'
import type { Subgraph } from '../graph/scan.ts'
import { definitions } from './definitions.ts'

/** A function from the values of a body's parameters to those of its results, in float64. */
export function bodyEvaluator({
  parameters,
  results,
}: Subgraph): (values: readonly ReferenceValues[]) => ReferenceValues[] {
  const order = topologicalOrder(results)
  return (given) => {
    const values = new Map<Node, ReferenceValues>(parameters.map((node, i) => [node, given[i]!]))
    for (const node of order) if (!values.has(node)) values.set(node, evaluate(node, values))
    return results.map((node) => values.get(node)!)
  }
}

function evaluate(node: Node, values: ReadonlyMap<Node, ReferenceValues>): ReferenceValues {
  const { operation, attributes, shape, dtype } = node
  if (operation.kind !== 'source') {
    const inputs = node.inputs.map((input) => values.get(input)!)
    const definition = definitions[operation.name] ?? operation
    return definition.evaluate(inputs, { inputs: node.inputs, attributes, output: { shape, dtype } })
  }
  if (operation.name === 'constant') return Float64Array.of((attributes as ConstantAttributes).value)
  if (operation.name === 'iota') {
    return Float64Array.from({ length: (attributes as IotaAttributes).length }, (_, i) => i)
  }
  throw new Error(
    `scan: ${operation.name} of shape [${shape.join(', ')}] inside a closed body (${elementCount(shape)})`,
  )
}
