import { DTypeError, ShapeError } from '../../errors.ts'
import type {
  DerivativeContext,
  DType,
  EvaluateContext,
  MapOperation,
  Node,
  ReferenceValues,
  ScalarFunction,
  TensorType,
} from '../../graph/node.ts'
import { createNode, elementCount, equalShapes } from '../../graph/node.ts'
import type { Operand } from './broadcast.ts'
import { broadcastTogether, promote, toArithmetic, toNodes } from './broadcast.ts'

export type NoAttributes = Readonly<Record<never, never>>

/**
 * Which dtypes a map takes and gives: `float`: float32; `number`: float32 or int32, result the same; `compare`: float32
 * or int32, result bool; `logical`: bool.
 */
export type DTypeRule = 'float' | 'number' | 'compare' | 'logical'

/** The definition of one lane: takes up to four numbers. */
export type LaneFunction = (a: number, b: number, c: number, d: number) => number

export interface MapDefinition {
  readonly name: ScalarFunction
  readonly rule: DTypeRule
  /** On float64 lanes. */
  readonly compute: LaneFunction
  /** On int32 lanes where `compute` would lose bits; the result wraps. */
  readonly computeInteger?: LaneFunction
  readonly derivative?: (context: DerivativeContext<NoAttributes>) => readonly (Node | undefined)[]
}

const ACCEPTED: Record<DTypeRule, readonly DType[]> = {
  float: ['float32'],
  number: ['float32', 'int32'],
  compare: ['float32', 'int32'],
  logical: ['bool'],
}

/** Throws unless all inputs have one shape and one dtype that the rule takes. */
export function inferMap(name: string, rule: DTypeRule, inputs: readonly TensorType[]): TensorType {
  const first = inputs[0]!
  requireEqualShapes(name, inputs)
  for (const { dtype } of inputs) {
    if (dtype !== first.dtype || !ACCEPTED[rule].includes(dtype)) {
      throw new DTypeError({
        what: `${name}: got ${inputs.map((input) => input.dtype).join(' and ')}`,
        expected: `${ACCEPTED[rule].join(' or ')}${inputs.length > 1 ? ', the same for all inputs' : ''}`,
        fix: `convert first, for example x.to('${ACCEPTED[rule][0]!}')`,
      })
    }
  }
  return { shape: first.shape, dtype: rule === 'compare' ? 'bool' : first.dtype }
}

/** Throws ShapeError unless all inputs have the same shape. */
export function requireEqualShapes(name: string, inputs: readonly TensorType[]): void {
  if (inputs.every((input) => equalShapes(input.shape, inputs[0]!.shape))) return
  throw new ShapeError({
    what: `${name}: got the shapes ${inputs.map((input) => `[${input.shape.join(', ')}]`).join(' and ')}`,
    expected: 'equal shapes',
    fix: 'broadcast the inputs to one shape first (the builders do)',
  })
}

/** Applies `compute` lane by lane; int32 results wrap. */
export function evaluateLanes(
  compute: LaneFunction,
  inputs: readonly ReferenceValues[],
  output: TensorType,
): ReferenceValues {
  const values = new Float64Array(elementCount(output.shape))
  const wraps = output.dtype === 'int32'
  const [a, b = a, c = a, d = a] = inputs
  for (let i = 0; i < values.length; i++) {
    const value = compute(a![i]!, b![i]!, c![i]!, d![i]!)
    values[i] = wraps ? value | 0 : value
  }
  return values
}

/** Makes an elementwise primitive from its name, its rule of dtypes, its formula and its derivative. */
export function defineMap(definition: MapDefinition): MapOperation<NoAttributes> {
  const { name, rule, compute, computeInteger = compute, derivative } = definition
  return {
    kind: 'map',
    name,
    scalar: name,
    infer: (inputs: readonly TensorType[]) => inferMap(name, rule, inputs),
    evaluate: (inputs: readonly ReferenceValues[], context: EvaluateContext<NoAttributes>) =>
      evaluateLanes(context.inputs[0]!.dtype === 'float32' ? compute : computeInteger, inputs, context.output),
    ...(derivative === undefined ? {} : { derivative }),
  }
}

/** A node of a primitive with one input. */
export function unary(operation: MapOperation<NoAttributes>, x: Node): Node {
  return createNode(operation, [x], {})
}

/** A node of a primitive with two inputs, after promotion to float32 or int32 and broadcasting. */
export function binary(operation: MapOperation<NoAttributes>, a: Operand, b: Operand): Node {
  const [p, q] = promote(...toNodes(a, b))
  return createNode(operation, broadcastTogether(toArithmetic(p), toArithmetic(q), operation.name), {})
}
