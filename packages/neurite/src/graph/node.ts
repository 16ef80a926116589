/**
 * The graph: an immutable DAG of nodes. Every node is one operation applied to other nodes; nothing is computed here.
 * Tensors record nodes, autodiff adds more of them, the compiler and the reference backend read them.
 */
import { ShapeError } from '../errors.ts'

/** Element types. `uint8` is for loading data; arithmetic happens in `float32` and `int32`. */
export type DType = 'float32' | 'int32' | 'uint8' | 'bool'
export type Shape = readonly number[]

export interface TensorType {
  readonly shape: Shape
  readonly dtype: DType
}

/** Elementwise functions that every backend implements by name, on float32 or int32 lanes. */
export type ScalarFunction =
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'maximum'
  | 'minimum'
  | 'pow'
  | 'neg'
  | 'abs'
  | 'sign'
  | 'floor'
  | 'ceil'
  | 'round'
  | 'trunc'
  | 'sqrt'
  | 'exp'
  | 'expm1'
  | 'log'
  | 'log1p'
  | 'sin'
  | 'cos'
  | 'tanh'
  | 'sigmoid'
  | 'erf'
  | 'equal'
  | 'notEqual'
  | 'less'
  | 'lessEqual'
  | 'greater'
  | 'greaterEqual'
  | 'logicalAnd'
  | 'logicalOr'
  | 'logicalNot'
  | 'where'
  | 'cast'
  | 'threefry'
  | 'unitInterval'

/** Reductions over a set of axes. */
export type Combiner = 'sum' | 'prod' | 'max' | 'min'

/** A tensor's values on the reference backend: row-major, in float64 whatever the dtype (bool as 0 and 1). */
export type ReferenceValues = Float64Array

export interface EvaluateContext<A> {
  readonly inputs: readonly TensorType[]
  readonly attributes: A
  readonly output: TensorType
}

export interface DerivativeContext<A> {
  /** The node whose derivative is wanted: its value may be used (`exp` does). */
  readonly node: Node<A>
  readonly inputs: readonly Node[]
  readonly attributes: A
  /** Derivative of the final result with respect to this node's value; same shape as the node. */
  readonly gradient: Node
}

interface OperationBase<A> {
  /** Unique; shown in dumps and errors. */
  readonly name: string
  /** Shape and dtype rule. Throws ShapeError, DTypeError or ArgumentError for inputs that do not fit. */
  infer(inputs: readonly TensorType[], attributes: A): TensorType
  /** The definition, in float64, plainly written: the oracle for every backend. */
  evaluate(inputs: readonly ReferenceValues[], context: EvaluateContext<A>): ReferenceValues
  /**
   * One entry per input: the gradient that flows to it, or undefined where there is none (integer inputs).
   * Written with node builders. Absent on a composite: the lowered form is differentiated instead.
   * Absent on any other operation: it has no derivative (comparisons, sorting), gradients stop.
   */
  derivative?(context: DerivativeContext<A>): readonly (Node | undefined)[]
}

/** Applies a scalar function to equally shaped inputs (builders insert `expand`). */
export interface MapOperation<A> extends OperationBase<A> {
  readonly kind: 'map'
  readonly scalar: ScalarFunction
}
/** Moves no data: other strides over the same elements. */
export interface ViewOperation<A> extends OperationBase<A> {
  readonly kind: 'view'
  readonly view: 'reshape' | 'permute' | 'expand' | 'slice' | 'windows'
}
/** Attributes: `ReduceAttributes`. The reduced axes are kept with size 1 (builders reshape them away). */
export interface ReduceOperation<A> extends OperationBase<A> {
  readonly kind: 'reduce'
  readonly combiner: Combiner
}
/**
 * Batched matrix product [...B, M, K] x [...B, K, N] -> [...B, M, N], equal batch dimensions. With `ContractionAttributes`
 * M and K are several axes each.
 */
export interface ContractOperation<A> extends OperationBase<A> {
  readonly kind: 'contract'
}
/** Needs a kernel of its own in every backend. */
export interface KernelOperation<A> extends OperationBase<A> {
  readonly kind: 'kernel'
  readonly kernel:
    | 'concat'
    | 'place'
    | 'contiguous'
    | 'gather'
    | 'scatterAdd'
    | 'argsort'
    | 'cumsum'
    | 'scan'
    | 'scanResult'
    | 'scanGradient'
}
/** Defined by other operations; backends only ever see the lowered form. */
export interface CompositeOperation<A> extends OperationBase<A> {
  readonly kind: 'composite'
  lower(inputs: readonly Node[], attributes: A): Node
}
/** A leaf: its value comes from its attributes or from outside the graph. */
export interface SourceOperation<A> extends Omit<OperationBase<A>, 'evaluate' | 'derivative'> {
  readonly kind: 'source'
}

/** Every operation is one of these. */
export type Operation<A = unknown> =
  | MapOperation<A>
  | ViewOperation<A>
  | ReduceOperation<A>
  | ContractOperation<A>
  | KernelOperation<A>
  | CompositeOperation<A>
  | SourceOperation<A>

// Attribute types that compiler and backends rely on.
export interface ReduceAttributes {
  /** Sorted, non-negative, at least one. */
  readonly axes: readonly number[]
}
export interface ReshapeAttributes {
  readonly shape: Shape
}
/** output.shape[i] = input.shape[order[i]] */
export interface PermuteAttributes {
  readonly order: readonly number[]
}
/** Target shape of equal rank; dimensions of size 1 are repeated without a copy. */
export interface ExpandAttributes {
  readonly shape: Shape
}
/** Per axis: first index, number of elements, step (negative steps walk backwards: flip). */
export interface SliceAttributes {
  readonly start: readonly number[]
  readonly size: readonly number[]
  readonly step: readonly number[]
}
/** The axis becomes positions, and a new last axis the `size` elements at each: position * stride + tap * dilation. */
export interface WindowsAttributes {
  readonly axis: number
  readonly size: number
  readonly stride: number
  readonly dilation: number
}
/** How many axes of the first input count its rows, and how many are summed over; the axes before them are the batch. */
export interface ContractionAttributes {
  readonly rows: number
  readonly depth: number
}
/** Part i goes to start[i] + index * step[i] per axis; no two parts meet. Everything else is `value`. */
export interface PlaceAttributes {
  readonly shape: Shape
  readonly value: number
  readonly start: readonly (readonly number[])[]
  readonly step: readonly (readonly number[])[]
}
export interface CastAttributes {
  readonly dtype: DType
}
/** Inputs: n tensors equal but for `axis`. */
export interface ConcatAttributes {
  readonly axis: number
}
/**
 * gather: inputs (x, index int32), equal rank; output[..., i, ...] = x[..., index[..., i, ...], ...] along `axis`; output has index's shape;
 * outside the axis index's dimensions may be smaller than x's.
 * scatterAdd: inputs (base, index, source): a copy of base with source added at the indexed places, in the order of source.
 */
export interface IndexAttributes {
  readonly axis: number
}
/** Sorts along the last axis, stable, NaN counts as largest; output int32 positions. */
export interface ArgsortAttributes {
  readonly descending: boolean
}
export interface CumsumAttributes {
  readonly axis: number
}
/** A scalar (shape []) written in the program; expand it to fill a shape. */
export interface ConstantAttributes {
  readonly value: number
  readonly dtype: DType
}
/** int32 0, 1, 2, ... length-1 */
export interface IotaAttributes {
  readonly length: number
}

export type HostArray = Float32Array | Int32Array | Uint8Array

/** Values that live in JavaScript memory and are copied to the device when a program runs. */
export interface DataAttributes {
  readonly data: HostArray
  readonly shape: Shape
  readonly dtype: DType
}
/** A number that the host may change between runs without recompiling: learning rates, counters, arguments. */
export interface HostScalar {
  value: number
}
export interface ScalarAttributes {
  readonly scalar: HostScalar
  readonly dtype: 'float32' | 'int32'
}
/** Resident memory that outlives programs: parameters, optimiser slots, statistics. The runtime owns what stands behind it. */
export interface StateReference {
  readonly id: number
  readonly shape: Shape
  readonly dtype: DType
}
export interface StateAttributes {
  readonly state: StateReference
}
/** An argument of a traced function. */
export interface InputAttributes {
  readonly index: number
  readonly shape: Shape
  readonly dtype: DType
}

/** A leaf of a closed program (`compiler/program.ts`), filled when the program runs. */
export interface BindingAttributes {
  readonly index: number
  readonly type: TensorType
}

/** A tensor that was read while a function was being traced, or before it was evaluated. */
export interface Node<A = unknown> {
  /** Grows with creation: inputs always have smaller ids than the nodes that use them. */
  readonly id: number
  readonly operation: Operation<A>
  readonly inputs: readonly Node[]
  readonly attributes: A
  readonly shape: Shape
  readonly dtype: DType
  /** Where it came from, for people: a module path such as `features.3 (Conv2d)`. */
  readonly label: string | undefined
}

let nextId = 0
let currentLabel: string | undefined

/** Builds a node; shape and dtype come from the operation's rule. */
export function createNode<A>(operation: Operation<A>, inputs: readonly Node[], attributes: A): Node<A> {
  const { shape, dtype } = operation.infer(inputs, attributes)
  for (const dimension of shape) {
    if (!Number.isInteger(dimension) || dimension < 0) {
      throw new ShapeError({
        what: `${operation.name}: the result would have shape [${shape.join(', ')}]`,
        expected: 'dimensions that are whole numbers, zero or larger',
        fix: 'check the sizes that were passed',
      })
    }
  }
  return { id: nextId++, operation, inputs, attributes, shape, dtype, label: currentLabel }
}

/** Runs `fn` so that the nodes it creates carry `label`; the outer label returns afterwards, also after an error. */
export function withLabel<T>(label: string | undefined, fn: () => T): T {
  const outer = currentLabel
  currentLabel = label
  try {
    return fn()
  } finally {
    currentLabel = outer
  }
}

/** Number of elements; 1 for the empty shape. */
export function elementCount(shape: Shape): number {
  let count = 1
  for (const dimension of shape) count *= dimension
  return count
}

export function equalShapes(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dimension, i) => dimension === b[i])
}

/** Nodes that `roots` need, inputs before users, each once. */
export function topologicalOrder(roots: readonly Node[]): Node[] {
  const order: Node[] = []
  const seen = new Set<Node>()
  const stack: { node: Node; next: number }[] = []
  for (const root of roots) {
    if (seen.has(root)) continue
    seen.add(root)
    stack.push({ node: root, next: 0 })
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!
      if (top.next < top.node.inputs.length) {
        const input = top.node.inputs[top.next++]!
        if (!seen.has(input)) {
          seen.add(input)
          stack.push({ node: input, next: 0 })
        }
      } else {
        order.push(top.node)
        stack.pop()
      }
    }
  }
  return order
}
