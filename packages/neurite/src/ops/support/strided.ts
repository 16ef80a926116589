import { elementCount, type ReferenceValues, type Shape } from '../../graph/node.ts'

/** Elements between neighbours along each axis of a row-major tensor. */
export function rowMajorStrides(shape: Shape): number[] {
  const strides = new Array<number>(shape.length)
  let stride = 1
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride
    stride *= shape[axis]!
  }
  return strides
}

/** Calls `visit(position, offset)` for each element of `shape` in row-major order; `offset` follows the given strides. */
export function forEachStrided(
  shape: Shape,
  strides: readonly number[],
  start: number,
  visit: (position: number, offset: number) => void,
): void {
  const count = elementCount(shape)
  const index = new Array<number>(shape.length).fill(0)
  let offset = start
  for (let position = 0; position < count; position++) {
    visit(position, offset)
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]!++
      offset += strides[axis]!
      if (index[axis]! < shape[axis]!) break
      offset -= strides[axis]! * shape[axis]!
      index[axis] = 0
    }
  }
}

/** A row-major copy of the elements that shape, strides and start describe. */
export function copyStrided(
  values: ReferenceValues,
  shape: Shape,
  strides: readonly number[],
  start = 0,
): ReferenceValues {
  const result = new Float64Array(elementCount(shape))
  forEachStrided(shape, strides, start, (position, offset) => {
    result[position] = values[offset]!
  })
  return result
}
