import type { CompositeOperation, DerivativeContext, Node, ReferenceValues, Shape } from '../../graph/node.ts'
import { elementCount } from '../../graph/node.ts'
import { requireFloat } from './broadcast.ts'
import { keptShape, reducedPositions, rowLength } from './define-reduce.ts'

/** Calls `visit` with the values of each row (the elements over `axes`) and their places in the tensor. */
export function forEachRow(
  values: ReferenceValues,
  shape: Shape,
  axes: readonly number[],
  visit: (row: ReferenceValues, places: Int32Array, index: number) => void,
): void {
  const count = elementCount(keptShape(shape, axes))
  const length = rowLength(shape, axes)
  const places = Array.from({ length: count }, () => new Int32Array(length))
  const filled = new Int32Array(count)
  for (const [place, row] of reducedPositions(shape, axes).entries()) places[row]![filled[row]!++] = place
  for (const [index, own] of places.entries())
    visit(
      Float64Array.from(own, (place) => values[place]!),
      own,
      index,
    )
}

export interface RowReduction<A> {
  readonly name: string
  readonly dtype: 'float32' | 'int32'
  readonly axes: (attributes: A) => readonly number[]
  /** The definition: one number for each row. */
  readonly compute: (row: ReferenceValues, attributes: A) => number
  readonly check?: (shape: Shape, axes: readonly number[]) => void
  readonly lower: (x: Node, attributes: A) => Node
  readonly derivative: (context: DerivativeContext<A>) => readonly (Node | undefined)[]
}

/** Makes a composite that turns each row into one number; the reduced axes are kept with size 1. */
export function defineRowReduction<A>(definition: RowReduction<A>): CompositeOperation<A> {
  const { name, dtype, axes, compute, check, lower, derivative } = definition
  return {
    kind: 'composite',
    name,
    infer([x], attributes) {
      if (dtype === 'float32') requireFloat(name, x!)
      check?.(x!.shape, axes(attributes))
      return { shape: keptShape(x!.shape, axes(attributes)), dtype }
    },
    evaluate([x], { inputs, attributes, output }) {
      const result = new Float64Array(elementCount(output.shape))
      forEachRow(x!, inputs[0]!.shape, axes(attributes), (row, _places, index) => {
        result[index] = compute(row, attributes)
      })
      return result
    },
    lower: ([x], attributes) => lower(x!, attributes),
    derivative,
  }
}

export interface AxisAttributes {
  readonly axis: number
}

export interface RowMap {
  readonly name: string
  /** The definition: a row from a row. */
  readonly compute: (row: ReferenceValues) => ReferenceValues
  readonly lower: (x: Node, axis: number) => Node
  readonly derivative: (context: DerivativeContext<AxisAttributes>) => readonly (Node | undefined)[]
}

/** Makes a float32 composite that turns each row along one axis into a row of the same length. */
export function defineRowMap({ name, compute, lower, derivative }: RowMap): CompositeOperation<AxisAttributes> {
  return {
    kind: 'composite',
    name,
    infer([x]) {
      requireFloat(name, x!)
      return { shape: x!.shape, dtype: 'float32' }
    },
    evaluate([x], { inputs, attributes }) {
      const result = new Float64Array(x!.length)
      forEachRow(x!, inputs[0]!.shape, [attributes.axis], (row, places) => {
        for (const [i, value] of compute(row).entries()) result[places[i]!] = value
      })
      return result
    },
    lower: ([x], { axis }) => lower(x!, axis),
    derivative,
  }
}
