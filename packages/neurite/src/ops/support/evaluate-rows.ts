import type { ReduceAttributes, ReferenceValues, Shape } from '../../graph/node.ts'
import { elementCount } from '../../graph/node.ts'
import { keptShape, rowLength } from './define-reduce.ts'
import type { AxisAttributes } from './define-row.ts'
import type { Evaluate } from './evaluate-lanes.ts'

/** For each element, row-major, its position in the tensor whose `axes` have size 1. */
function reducedPositions(shape: Shape, axes: readonly number[]): Int32Array {
  const strides = new Array<number>(shape.length).fill(0)
  for (let i = shape.length - 1, stride = 1; i >= 0; i--) {
    if (axes.includes(i)) continue
    strides[i] = stride
    stride *= shape[i]!
  }
  const positions = new Int32Array(elementCount(shape))
  const index = new Array<number>(shape.length).fill(0)
  for (let i = 0, position = 0; i < positions.length; i++) {
    positions[i] = position
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      position += strides[axis]!
      if (++index[axis]! < shape[axis]!) break
      position -= strides[axis]! * shape[axis]!
      index[axis] = 0
    }
  }
  return positions
}

/** Folds the values over `axes`, in row-major order from `start`. */
function foldAxes(
  values: ReferenceValues,
  shape: Shape,
  axes: readonly number[],
  start: number,
  combine: (a: number, b: number) => number,
): ReferenceValues {
  const result = new Float64Array(elementCount(keptShape(shape, axes))).fill(start)
  const positions = reducedPositions(shape, axes)
  for (const [i, position] of positions.entries()) result[position] = combine(result[position]!, values[i]!)
  return result
}

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

/** The definition of a reduction: `compute` folds the next element in, from `start`; `computeInteger` that of int32. */
export function fold(
  start: number,
  compute: (a: number, b: number) => number,
  computeInteger = compute,
): Evaluate<ReduceAttributes> {
  return ([x], { inputs, attributes, output }) =>
    foldAxes(x!, inputs[0]!.shape, attributes.axes, start, output.dtype === 'float32' ? compute : computeInteger)
}

/** The definition of an operation that turns each row into one number. */
export function rowToNumber<A>(
  axes: (attributes: A) => readonly number[],
  compute: (row: ReferenceValues, attributes: A) => number,
): Evaluate<A> {
  return ([x], { inputs, attributes, output }) => {
    const result = new Float64Array(elementCount(output.shape))
    forEachRow(x!, inputs[0]!.shape, axes(attributes), (row, _places, index) => {
      result[index] = compute(row, attributes)
    })
    return result
  }
}

/** The definition of an operation that turns each row along one axis into a row of the same length. */
export function rowToRow(compute: (row: ReferenceValues) => ReferenceValues): Evaluate<AxisAttributes> {
  return ([x], { inputs, attributes }) => {
    const result = new Float64Array(x!.length)
    forEachRow(x!, inputs[0]!.shape, [attributes.axis], (row, places) => {
      for (const [i, value] of compute(row).entries()) result[places[i]!] = value
    })
    return result
  }
}
