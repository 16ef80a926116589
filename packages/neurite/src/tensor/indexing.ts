import { ArgumentError, DTypeError, IndexOutOfRangeError } from '../errors.ts'
import type { Node } from '../graph/node.ts'
import * as ops from '../ops/index.ts'
import { type Range, resolvePlace, resolveRange } from './ranges.ts'
import type { Tensor } from './tensor.ts'

/**
 * What `at` takes per axis: a place (the axis goes away), a range `[start, end, step]`, `null` for the whole axis, an
 * int32 tensor of places in one dimension, or `'...'` once for all axes that are not named.
 */
export type Index = number | Range | Tensor | null | '...'

/** The parts of `x` that `indices` name. */
export function indexed(x: Node, indices: readonly Index[]): Node {
  const places = spread(indices, x.shape.length)
  const start: number[] = []
  const size: number[] = []
  const step: number[] = []
  const kept: number[] = []
  for (const [axis, length] of x.shape.entries()) {
    const index = places[axis] ?? null
    const part = resolve(index, length, axis)
    start.push(part.start)
    size.push(part.size)
    step.push(part.step)
    if (typeof index !== 'number') kept.push(axis)
  }
  if (places.filter(isTensor).length > 1) {
    throw new ArgumentError({
      what: 'a tensor is indexed with several tensors at once',
      expected: 'at most one tensor of places',
      fix: 'call at() once per axis for a grid of rows and columns, or use gather for pairs of places',
    })
  }
  let result = ops.slice(x, { start, size, step })
  for (const [axis, index] of places.entries()) {
    if (isTensor(index)) result = ops.indexSelect(result, axis, index.node)
  }
  return kept.length === x.shape.length
    ? result
    : ops.reshape(
        result,
        kept.map((axis) => result.shape[axis]!),
      )
}

/** The part of one axis, by Python's rules. */
export function sliced(x: Node, axis: number, range: Range): Node {
  const along = resolvePlace(axis, x.shape.length, axis)
  return indexed(
    x,
    x.shape.map((_, i) => (i === along ? range : null)),
  )
}

function resolve(index: Index, length: number, axis: number): { start: number; size: number; step: number } {
  if (typeof index === 'number') return { start: resolvePlace(index, length, axis), size: 1, step: 1 }
  if (index === null || isTensor(index)) {
    if (index !== null && (index.dtype !== 'int32' || index.shape.length !== 1)) {
      throw new DTypeError({
        what: `axis ${axis} is indexed with a tensor of dtype ${index.dtype} and shape [${index.shape.join(', ')}]`,
        expected: 'an int32 tensor of one dimension',
        fix: 'use maskedSelect for a bool mask, gather for an index of more dimensions',
      })
    }
    return { start: 0, size: length, step: 1 }
  }
  if (Array.isArray(index)) return resolveRange(index as Range, length)
  throw new ArgumentError({
    what: `axis ${axis} is indexed with ${String(index)}`,
    expected: "a number, a range such as [1, 3], null, '...' or an int32 tensor",
    fix: 'use one of these',
  })
}

/** One entry per named axis, the dots replaced. */
function spread(indices: readonly Index[], rank: number): readonly Index[] {
  const dots = indices.indexOf('...')
  const named = indices.length - (dots < 0 ? 0 : 1)
  if (named > rank || (dots >= 0 && indices.includes('...', dots + 1))) {
    throw new IndexOutOfRangeError({
      what: `a tensor of ${rank} dimensions is indexed with ${indices.length} entries`,
      expected: `at most ${rank}, and '...' at most once`,
      fix: 'leave out what is too much',
    })
  }
  if (dots < 0) return indices
  const whole = new Array<Index>(rank - named).fill(null)
  return [...indices.slice(0, dots), ...whole, ...indices.slice(dots + 1)]
}

function isTensor(index: Index | undefined): index is Tensor {
  return typeof index === 'object' && index !== null && 'requiresGrad' in index
}
