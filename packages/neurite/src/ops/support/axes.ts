import { ArgumentError, IndexOutOfRangeError } from '../../errors.ts'

/** The same axis counted from the front. Throws IndexOutOfRangeError for an axis that a tensor of this rank lacks. */
export function normaliseAxis(operation: string, axis: number, rank: number): number {
  if (Number.isInteger(axis) && axis >= -rank && axis < rank) return axis < 0 ? axis + rank : axis
  throw new IndexOutOfRangeError({
    what: `${operation}: axis ${String(axis)} does not exist in a tensor of ${rank} dimensions`,
    expected: rank === 0 ? 'no axis: the tensor is a scalar' : `a whole number from ${-rank} to ${rank - 1}`,
    fix: 'check the axis, or the shape of the tensor',
  })
}

/**
 * The axes sorted, each counted from the front. As in PyTorch, none at all or an empty list means every axis.
 * Throws IndexOutOfRangeError for an axis that does not exist and ArgumentError for one given twice.
 */
export function normaliseAxes(
  operation: string,
  axes: number | readonly number[] | undefined,
  rank: number,
): readonly number[] {
  const given = Array.isArray(axes) ? axes : axes === undefined ? [] : [axes as number]
  if (given.length === 0) return Array.from({ length: rank }, (_, i) => i)
  const normal = given.map((axis) => normaliseAxis(operation, axis, rank)).sort((a, b) => a - b)
  const repeated = normal.find((axis, i) => normal[i + 1] === axis)
  if (repeated !== undefined) {
    throw new ArgumentError({
      what: `${operation}: axis ${repeated} is named twice in [${given.join(', ')}]`,
      expected: 'different axes (negative ones count from the end)',
      fix: 'name each axis once',
    })
  }
  return normal
}
