/** The oracle: evaluates a graph as it was traced, in float64, by each operation's own definition. */
import { StateError } from '../../errors.ts'
import type {
  BindingAttributes,
  ConstantAttributes,
  DataAttributes,
  HostScalar,
  InputAttributes,
  IotaAttributes,
  Node,
  ReferenceValues,
  ScalarAttributes,
  StateAttributes,
  StateReference,
} from '../../graph/node.ts'
import { topologicalOrder } from '../../graph/node.ts'
import { definitions } from '../../ops/definitions.ts'

/** What the leaves of a graph stand for; constants, iota, data and scalars carry their values with them. */
export interface Environment {
  readonly binding?: (index: number) => ReferenceValues
  readonly state?: (state: StateReference) => ReferenceValues
  readonly input?: (index: number) => ReferenceValues
  /** The value of a host scalar; by default its value of the moment. */
  readonly scalar?: (scalar: HostScalar) => number
}

/** The values of `roots`. Values that nothing needs any more are dropped on the way. */
export function evaluateGraph(roots: readonly Node[], environment: Environment = {}): ReferenceValues[] {
  const order = topologicalOrder(roots)
  const uses = new Map<Node, number>()
  for (const node of [...roots, ...order.flatMap(({ inputs }) => inputs)]) uses.set(node, (uses.get(node) ?? 0) + 1)
  const values = new Map<Node, ReferenceValues>()
  for (const node of order) {
    values.set(node, evaluateNode(node, values, environment))
    for (const input of node.inputs) {
      const left = uses.get(input)! - 1
      uses.set(input, left)
      if (left === 0) values.delete(input)
    }
  }
  return roots.map((root) => values.get(root)!)
}

/** The value of every node that `roots` need, in topological order. */
export function evaluateAllNodes(roots: readonly Node[], environment: Environment = {}): Map<Node, ReferenceValues> {
  const values = new Map<Node, ReferenceValues>()
  for (const node of topologicalOrder(roots)) values.set(node, evaluateNode(node, values, environment))
  return values
}

function evaluateNode(
  node: Node,
  values: ReadonlyMap<Node, ReferenceValues>,
  environment: Environment,
): ReferenceValues {
  const { operation, attributes, shape, dtype } = node
  if (operation.kind === 'source') return sourceValue(node, environment)
  const inputs = node.inputs.map((input) => values.get(input)!)
  const definition = definitions[operation.name] ?? operation
  return definition.evaluate(inputs, { inputs: node.inputs, attributes, output: { shape, dtype } })
}

function sourceValue(node: Node, environment: Environment): ReferenceValues {
  switch (node.operation.name) {
    case 'constant':
      return Float64Array.of((node.attributes as ConstantAttributes).value)
    case 'iota':
      return Float64Array.from({ length: (node.attributes as IotaAttributes).length }, (_, i) => i)
    case 'data': {
      const { data, dtype } = node.attributes as DataAttributes
      return dtype === 'bool' ? Float64Array.from(data, (x) => Number(x !== 0)) : Float64Array.from(data)
    }
    case 'scalar': {
      const { scalar, dtype } = node.attributes as ScalarAttributes
      const value = environment.scalar?.(scalar) ?? scalar.value
      return Float64Array.of(dtype === 'int32' ? value | 0 : value)
    }
    case 'state':
      return given(node, environment.state?.((node.attributes as StateAttributes).state))
    case 'input':
      return given(node, environment.input?.((node.attributes as InputAttributes).index))
    case 'binding':
      return given(node, environment.binding?.((node.attributes as BindingAttributes).index))
    default:
      return given(node, undefined)
  }
}

function given(node: Node, values: ReferenceValues | undefined): ReferenceValues {
  if (values !== undefined) return values
  throw new StateError({
    what: `the reference backend has no value for the source '${node.operation.name}' of shape [${node.shape.join(', ')}]`,
    expected: 'a value for each state, input and binding of the graph',
    fix: 'pass it in the environment',
  })
}
