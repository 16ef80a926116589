import { DTypeError, ShapeError } from '../../errors.ts'
import type { DerivativeContext, DType, MapOperation, Node, ScalarFunction, TensorType } from '../../graph/node.ts'
import { createNode, equalShapes } from '../../graph/node.ts'
import type { Operand } from './broadcast.ts'
import { broadcastTogether, promote, toArithmetic, toNodes } from './broadcast.ts'
import type { Evaluate } from './evaluate-lanes.ts'

export type NoAttributes = Readonly<Record<never, never>>

/**
 * Which dtypes a map takes and gives: `float`: float32; `number`: float32 or int32, result the same; `compare`: float32
 * or int32, result bool; `logical`: bool.
 */
export type DTypeRule = 'float' | 'number' | 'compare' | 'logical'

export interface MapDefinition {
  readonly name: ScalarFunction
  readonly rule: DTypeRule
  /** The definition: `lanes` (`evaluate-lanes.ts`). */
  readonly evaluate: Evaluate<NoAttributes>
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

/** Makes an elementwise primitive from its name, its rule of dtypes, its definition and its derivative. */
export function defineMap({ rule, ...definition }: MapDefinition): MapOperation<NoAttributes> {
  const { name } = definition
  return {
    ...definition,
    kind: 'map',
    scalar: name,
    infer: (inputs: readonly TensorType[]) => inferMap(name, rule, inputs),
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
