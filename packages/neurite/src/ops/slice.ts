import { ArgumentError, IndexOutOfRangeError } from '../errors.ts'
import { createNode, type Node, type SliceAttributes, type ViewOperation } from '../graph/node.ts'
import { full } from './full.ts'
import { place } from './place.ts'
import { copyStrided, rowMajorStrides } from './support/strided.ts'

export const sliceOperation: ViewOperation<SliceAttributes> = {
  kind: 'view',
  view: 'slice',
  name: 'slice',
  infer([x], { start, size, step }) {
    const shape = x!.shape
    if (start.length !== shape.length || size.length !== shape.length || step.length !== shape.length) {
      throw new ArgumentError({
        what: `slice: start, size and step have ${start.length}, ${size.length} and ${step.length} entries for shape [${shape.join(', ')}]`,
        expected: `${shape.length} entries each, one per axis`,
        fix: 'name every axis; start 0, the full size and step 1 keep an axis as it is',
      })
    }
    for (const [axis, length] of shape.entries()) {
      checkAxis(axis, length, start[axis]!, size[axis]!, step[axis]!)
    }
    return { shape: [...size], dtype: x!.dtype }
  },
  evaluate([x], { inputs, attributes: { start, step }, output }) {
    const strides = rowMajorStrides(inputs[0]!.shape)
    const first = strides.reduce((offset, stride, axis) => offset + stride * start[axis]!, 0)
    return copyStrided(
      x!,
      output.shape,
      strides.map((stride, axis) => stride * step[axis]!),
      first,
    )
  },
  derivative: ({ inputs, attributes, gradient }) => [placeIntoZeros(gradient, attributes, inputs[0]!.shape)],
}

/**
 * A part of a tensor, without copying: per axis the elements `start, start + step, ...`, `size` of them. Negative steps
 * walk backwards. Python's `x[a:b:k]` is `start: a`, `step: k`.
 *
 * @param x any shape and dtype
 * @param options one entry per axis; `step` is 1 where it is left out
 * @returns a node of shape `size`, or `x` itself when everything is kept
 * @throws ArgumentError when the entries do not match the axes, a size is not a whole number or a step is 0
 * @throws IndexOutOfRangeError when an element outside the tensor would be read
 */
export function slice(
  x: Node,
  options: { readonly start: readonly number[]; readonly size: readonly number[]; readonly step?: readonly number[] },
): Node {
  const { start, size, step = start.map(() => 1) } = options
  const node = createNode(sliceOperation, [x], { start: [...start], size: [...size], step: [...step] })
  const whole = x.shape.every((length, axis) => size[axis] === length && start[axis] === 0 && step[axis] === 1)
  return whole ? x : node
}

function checkAxis(axis: number, length: number, start: number, size: number, step: number): void {
  if (!Number.isInteger(start) || !Number.isInteger(size) || size < 0 || !Number.isInteger(step) || step === 0) {
    throw new ArgumentError({
      what: `slice: axis ${axis} has start ${start}, size ${size} and step ${step}`,
      expected: 'whole numbers, a size of zero or more and a step that is not 0',
      fix: 'round the numbers, and leave step out for neighbouring elements',
    })
  }
  const last = start + (size - 1) * step
  if (size > 0 && (Math.min(start, last) < 0 || Math.max(start, last) >= length)) {
    throw new IndexOutOfRangeError({
      what: `slice: axis ${axis} would read elements ${start} to ${last}`,
      expected: `indices from 0 to ${length - 1}`,
      fix: 'choose start, size and step so that every element lies inside the tensor',
    })
  }
}

/** The transpose of slicing: each element goes back to its place, all other places are zero. */
function placeIntoZeros(gradient: Node, { start, size, step }: SliceAttributes, shape: readonly number[]): Node {
  return size.includes(0) ? full(shape, 0, gradient.dtype) : place([gradient], { shape, start: [start], step: [step] })
}
