import { ArgumentError, IndexOutOfRangeError } from '../errors.ts'

/** `[start, end, step]` as in Python's `start:end:step`: negative places count from the end; undefined is the edge. */
export type Range = readonly [start?: number | undefined, end?: number | undefined, step?: number | undefined]

/** The first place, the number of elements and the step of a range over an axis of `length` elements, by Python's rules. */
export function resolveRange(range: Range, length: number): { start: number; size: number; step: number } {
  const [start, end, step = 1] = range
  if (!Number.isInteger(step) || step === 0 || !isPlace(start) || !isPlace(end) || range.length > 3) {
    throw new ArgumentError({
      what: `the range [${range.join(', ')}] is no slice`,
      expected: '[start, end] or [start, end, step] of whole numbers, with a step that is not 0',
      fix: 'leave out what is not needed, such as [2] for everything from place 2',
    })
  }
  const lowest = step > 0 ? 0 : -1
  const highest = step > 0 ? length : length - 1
  const place = (value: number | undefined, fallback: number): number =>
    value === undefined ? fallback : Math.min(Math.max(value < 0 ? value + length : value, lowest), highest)
  const first = place(start, step > 0 ? 0 : length - 1)
  const last = place(end, step > 0 ? length : -1)
  const size = Math.max(0, Math.ceil((last - first) / step))
  return { start: size === 0 ? 0 : first, size, step }
}

/** A place counted from the front. Throws IndexOutOfRangeError where the axis has no such place. */
export function resolvePlace(place: number, length: number, axis: number): number {
  if (!Number.isInteger(place)) {
    throw new ArgumentError({
      what: `axis ${axis} is indexed with ${place}`,
      expected: 'a whole number',
      fix: 'round the index',
    })
  }
  if (place < -length || place >= length) {
    throw new IndexOutOfRangeError({
      what: `axis ${axis} is indexed with ${place} but has ${length} elements`,
      expected: length === 0 ? 'no index: the axis is empty' : `a whole number from ${-length} to ${length - 1}`,
      fix: 'check the index, or the shape of the tensor',
    })
  }
  return place < 0 ? place + length : place
}

function isPlace(value: number | undefined): boolean {
  return value === undefined || Number.isInteger(value)
}
