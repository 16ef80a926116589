/**
 * Makes a graph smaller without changing one bit of its float32 results: equal nodes become one, arithmetic on constants is
 * done once, and operations that only give back their input go. Nothing is reassociated, and `x * 0` stays: x may be NaN.
 */
import { broadcastTo } from '../ops/support/broadcast.ts'
import { cast } from '../ops/cast.ts'
import { constant } from '../ops/constant.ts'
import { expand } from '../ops/expand.ts'
import { permute } from '../ops/permute.ts'
import { reshape } from '../ops/reshape.ts'
import { attributeKey } from './attribute-key.ts'
import { convertNumber, exactFunction } from './exact-functions.ts'
import type {
  CastAttributes,
  ConstantAttributes,
  DType,
  ExpandAttributes,
  Node,
  PermuteAttributes,
  ReduceAttributes,
  ReshapeAttributes,
  ScalarFunction,
  SliceAttributes,
  ViewOperation,
} from './node.ts'
import { equalShapes, withLabel } from './node.ts'
import { rewrite } from './rewrite.ts'
import { withInputs } from './with-inputs.ts'

/** Their results do not depend on the order of the two inputs. */
const COMMUTATIVE: ReadonlySet<string> = new Set(['add', 'mul', 'equal', 'notEqual', 'logicalAnd', 'logicalOr'])

/** The simplified roots, in the same order. */
export function simplify(roots: readonly Node[]): Node[] {
  const unique = new Map<string, Node>()
  const settled = new Set<Node>()
  const intern = (node: Node): Node => {
    const { operation, inputs, attributes } = node
    const ids = inputs.map(({ id }) => id)
    if (COMMUTATIVE.has(operation.name)) ids.sort((a, b) => a - b)
    const key = `${operation.name}|${attributeKey(attributes)}|${ids.join(',')}`
    const earlier = unique.get(key)
    if (earlier !== undefined) return earlier
    unique.set(key, node)
    settled.add(node)
    return node
  }
  // A rule may build several nodes on top of settled ones.
  const settle = (node: Node): Node => (settled.has(node) ? node : intern(withInputs(node, node.inputs.map(settle))))
  return rewrite(roots, (node, inputs) => {
    const current = withInputs(node, inputs)
    return settle(withLabel(node.label, () => reduce(current)))
  })
}

/** The node itself, or a simpler one with the same value; its inputs are simplified already. */
function reduce(node: Node): Node {
  const { operation } = node
  if (operation.name === 'detach') return node.inputs[0]!
  switch (operation.kind) {
    case 'map':
      return reduceMap(node, operation.scalar)
    case 'view':
      return reduceView(node, operation.view)
    case 'reduce': {
      const { axes } = node.attributes as ReduceAttributes
      return axes.every((axis) => node.inputs[0]!.shape[axis] === 1) ? node.inputs[0]! : node
    }
    default:
      return node
  }
}

function reduceMap(node: Node, scalar: ScalarFunction): Node {
  const { inputs } = node
  if (scalar === 'cast') return reduceCast(node)
  const constants = inputs.map(uniformValue)
  const compute = exactFunction(scalar, node.dtype)
  if (compute !== undefined && constants.every((value) => value !== undefined)) {
    return constantLike(node, compute(...(constants as [number, number, number])))
  }
  const [a, b] = inputs
  const [p, q] = constants
  switch (scalar) {
    case 'add':
      // Adding +0 would turn -0 into +0; adding -0 changes nothing.
      if (isNeutralZero(q, b!)) return a!
      return isNeutralZero(p, a!) ? b! : node
    case 'sub':
      return Object.is(q, 0) ? a! : node
    case 'mul':
      if (q === 1) return a!
      return p === 1 ? b! : node
    case 'div':
      return q === 1 ? a! : node
    case 'neg':
      return a!.operation.name === 'neg' ? a!.inputs[0]! : node
    case 'where':
      if (p !== undefined) return p === 0 ? inputs[2]! : b!
      return inputs[2] === b ? b! : node
    default:
      return node
  }
}

function isNeutralZero(value: number | undefined, { dtype }: Node): boolean {
  return dtype === 'int32' ? value === 0 : Object.is(value, -0)
}

/** The number that fills the whole tensor, as its dtype holds it, where that is known. */
function uniformValue(node: Node): number | undefined {
  const { operation, attributes, inputs } = node
  if (operation.kind === 'view') return uniformValue(inputs[0]!)
  return operation.name === 'constant' ? rounded((attributes as ConstantAttributes).value, node.dtype) : undefined
}

function rounded(value: number, dtype: DType): number {
  return dtype === 'float32' ? Math.fround(value) : value
}

/** The constant `value` in place of a node. */
function constantLike({ dtype, shape }: Node, value: number): Node {
  return broadcastTo(constant(rounded(value, dtype), dtype), shape)
}

function reduceCast(node: Node): Node {
  const x = node.inputs[0]!
  const { dtype } = node.attributes as CastAttributes
  if (x.dtype === dtype) return x
  const value = uniformValue(x)
  if (value !== undefined) return constantLike(node, convertNumber(value, dtype))
  // Nothing is lost on the way from a small integer type to a larger one, so the step between can be left out.
  const isWidening = x.operation.name === 'cast' && x.dtype === 'int32' && x.inputs[0]!.dtype !== 'float32'
  return isWidening ? cast(x.inputs[0]!, dtype) : node
}

function reduceView(node: Node, view: ViewOperation<unknown>['view']): Node {
  const x = node.inputs[0]!
  const isRepeated = x.operation.kind === 'view' && x.operation.view === view
  const source = isRepeated ? x.inputs[0]! : x
  switch (view) {
    case 'reshape': {
      const { shape } = node.attributes as ReshapeAttributes
      if (equalShapes(source.shape, shape)) return source
      return isRepeated ? reshape(source, shape) : node
    }
    case 'expand': {
      const { shape } = node.attributes as ExpandAttributes
      if (equalShapes(source.shape, shape)) return source
      return isRepeated ? expand(source, shape) : node
    }
    case 'permute': {
      const { order } = node.attributes as PermuteAttributes
      const inner = isRepeated ? (x.attributes as PermuteAttributes).order : undefined
      const whole = inner === undefined ? order : order.map((axis) => inner[axis]!)
      if (whole.every((axis, i) => axis === i)) return source
      return isRepeated ? permute(source, whole) : node
    }
    case 'slice': {
      const { start, size, step } = node.attributes as SliceAttributes
      const isWhole = equalShapes(x.shape, size) && start.every((first) => first === 0) && step.every((by) => by === 1)
      return isWhole ? x : node
    }
    case 'windows':
      return node
    default:
      return view satisfies never
  }
}
