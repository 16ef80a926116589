import type { Node, Shape } from '../../src/graph/node.ts'
import type { InputCase, OperationCase } from './operation-cases.ts'

export type Build = (...inputs: Node[]) => Node

/** A case of float32 inputs of the given shapes. */
export function floats(name: string, shapes: readonly Shape[], build: Build): OperationCase {
  return { name, inputs: shapes.map((shape) => ({ shape })), build: (inputs) => build(...inputs) }
}

/** A case of any inputs that has no gradient to compare. */
export function fixed(name: string, inputs: readonly InputCase[], build: Build): OperationCase {
  return { name, inputs, build: (nodes) => build(...nodes), differentiable: false }
}

/** A case whose float32 inputs have gradients although others have none. */
export function mixed(name: string, inputs: readonly InputCase[], build: Build): OperationCase {
  return { name, inputs, build: (nodes) => build(...nodes) }
}

export const index = (shape: Shape, below: number): InputCase => ({ shape, dtype: 'int32', range: [0, below - 1] })
export const whole = (shape: Shape, low = -9, high = 9): InputCase => ({ shape, dtype: 'int32', range: [low, high] })
export const truth = (shape: Shape): InputCase => ({ shape, dtype: 'bool' })
export const bytes = (shape: Shape, high = 9): InputCase => ({ shape, dtype: 'uint8', range: [0, high] })
/** Different numbers, further apart than the steps of a difference quotient: their order stays. */
export const distinct = (shape: Shape): InputCase => ({
  shape,
  values: Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i, count = 41) => ((i * 29) % count) / 8 - 2.5),
})
export const withNaN: InputCase = { shape: [10], values: [2, NaN, 1, -Infinity, 2, Infinity, NaN, 0, -0, 1] }
