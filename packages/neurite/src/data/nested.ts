import { DataError } from '../errors.ts'

/** Numbers in lists of lists, as one writes them by hand: `[[0, 1], [1, 0]]`. */
export type NestedNumbers = number | readonly NestedNumbers[]

/**
 * Flattens lists of lists into one array with their shape. The first axis is that of the examples.
 * Throws DataError where the lists are of different length or depth, or hold something other than numbers.
 */
export function flattenNested(where: string, nested: readonly NestedNumbers[]): { values: number[]; shape: number[] } {
  const shape: number[] = []
  for (let inner: NestedNumbers | undefined = nested; Array.isArray(inner); inner = inner[0]) shape.push(inner.length)
  const values: number[] = []
  collect(where, nested, shape, 0, [], values)
  return { values, shape }
}

function collect(
  where: string,
  part: unknown,
  shape: readonly number[],
  axis: number,
  path: readonly number[],
  values: number[],
): void {
  const place = `${where}${path.map((index) => `[${index}]`).join('')}`
  if (axis === shape.length) {
    if (typeof part === 'number') values.push(part)
    else throw ragged(place, Array.isArray(part) ? 'is a list' : `is ${String(part)}`, 'a number')
  } else {
    const length = shape[axis]!
    if (!Array.isArray(part)) throw ragged(place, `is ${String(part)}`, `a list of ${length}, as in the first example`)
    if (part.length !== length) throw ragged(place, `has ${part.length} entries`, `${length}, as in the first example`)
    part.forEach((inner, index) => collect(where, inner, shape, axis + 1, [...path, index], values))
  }
}

function ragged(place: string, what: string, expected: string): DataError {
  return new DataError({
    what: `${place} ${what}`,
    expected,
    fix: 'give every example the same shape, and numbers only',
  })
}
