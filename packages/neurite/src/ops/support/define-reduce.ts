import { requireDType } from '../../require-dtype.ts'
import { ShapeError } from '../../errors.ts'
import type { Combiner, DerivativeContext, Node, ReduceAttributes, ReduceOperation, Shape } from '../../graph/node.ts'
import { createNode } from '../../graph/node.ts'
import { reshape } from '../reshape.ts'
import { normaliseAxes } from './axes.ts'
import type { Evaluate } from './evaluate-lanes.ts'

export interface ReduceOptions {
  /** Axes to reduce over, negative ones counted from the end; default: all. */
  readonly axes?: number | readonly number[] | undefined
  /** Keep the reduced axes with size 1 instead of dropping them; default false. */
  readonly keepDim?: boolean | undefined
}

export interface ReduceDefinition {
  readonly name: Combiner
  /** The value of an empty reduction, or undefined where that has none. */
  readonly empty: number | undefined
  /** The definition: `fold` (`evaluate-rows.ts`). */
  readonly evaluate: Evaluate<ReduceAttributes>
  readonly derivative: (context: DerivativeContext<ReduceAttributes>) => readonly (Node | undefined)[]
}

/** The shape with the given axes at size 1. */
export function keptShape(shape: Shape, axes: readonly number[]): Shape {
  return shape.map((size, i) => (axes.includes(i) ? 1 : size))
}

/** Number of elements that go into one result. */
export function rowLength(shape: Shape, axes: readonly number[]): number {
  return axes.reduce((product, axis) => product * shape[axis]!, 1)
}

/** Throws ShapeError where one of the axes is empty, since there is nothing to choose from. */
export function requireElements(name: string, shape: Shape, axes: readonly number[]): void {
  if (axes.every((axis) => shape[axis] !== 0)) return
  throw new ShapeError({
    what: `${name}: axis ${axes.find((axis) => shape[axis] === 0)!} of the shape [${shape.join(', ')}] is empty`,
    expected: 'at least one element along each reduced axis',
    fix: 'check where the empty tensor comes from, or reduce over another axis',
  })
}

/** Makes a reduction from its name, its value for nothing, its definition and its derivative. */
export function defineReduce({ empty, ...definition }: ReduceDefinition): ReduceOperation<ReduceAttributes> {
  const { name } = definition
  return {
    ...definition,
    kind: 'reduce',
    combiner: name,
    infer([x], { axes }) {
      requireDType(name, x!, ['float32', 'int32'])
      if (empty === undefined) requireElements(name, x!.shape, axes)
      return { shape: keptShape(x!.shape, axes), dtype: x!.dtype }
    },
  }
}

/** A node of an operation that keeps reduced axes with size 1, then without them unless they are to be kept. */
export function reduceNode(
  x: Node,
  options: ReduceOptions,
  name: string,
  build: (x: Node, axes: readonly number[]) => Node,
): Node {
  const axes = normaliseAxes(name, options.axes, x.shape.length)
  // A scalar has no axis to reduce: it is its own sum, product, maximum and minimum.
  const kept = axes.length === 0 ? reshape(build(reshape(x, [1]), [0]), []) : build(x, axes)
  if (options.keepDim === true || axes.length === 0) return kept
  return reshape(
    kept,
    kept.shape.filter((_, i) => !axes.includes(i)),
  )
}

/** A node of a primitive reduction. */
export function reducePrimitive(operation: ReduceOperation<ReduceAttributes>, x: Node, options: ReduceOptions): Node {
  return reduceNode(x, options, operation.name, (node, axes) => createNode(operation, [node], { axes }))
}
