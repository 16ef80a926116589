import { ArgumentError, IndexOutOfRangeError } from '../errors.ts'
import {
  createNode,
  elementCount,
  type KernelOperation,
  type Node,
  type PlaceAttributes,
  type Shape,
} from '../graph/node.ts'
import { slice } from './slice.ts'
import { forEachStrided, rowMajorStrides } from './support/strided.ts'

export const placeOperation: KernelOperation<PlaceAttributes> = {
  kind: 'kernel',
  kernel: 'place',
  name: 'place',
  infer(parts, { shape, start, step }) {
    for (const [i, part] of parts.entries()) {
      for (const [axis, size] of part.shape.entries()) {
        const first = start[i]![axis]!
        const last = first + (size - 1) * step[i]![axis]!
        if (size === 0 || (Math.min(first, last) >= 0 && Math.max(first, last) < shape[axis]!)) continue
        throw new IndexOutOfRangeError({
          what: `place: part ${i} would fill elements ${first} to ${last} of axis ${axis}`,
          expected: `elements from 0 to ${shape[axis]! - 1}`,
          fix: 'choose start and step so that the part lies inside',
        })
      }
    }
    return { shape, dtype: parts[0]!.dtype }
  },
  evaluate(parts, { inputs, attributes: { value, start, step }, output }) {
    const strides = rowMajorStrides(output.shape)
    const result = new Float64Array(elementCount(output.shape)).fill(value)
    for (const [i, part] of parts.entries()) {
      const first = strides.reduce((offset, stride, axis) => offset + stride * start[i]![axis]!, 0)
      const steps = strides.map((stride, axis) => stride * step[i]![axis]!)
      forEachStrided(inputs[i]!.shape, steps, first, (position, offset) => {
        result[offset] = part[position]!
      })
    }
    return result
  },
  derivative({ inputs, attributes: { start, step }, gradient }) {
    return inputs.map((part, i) => slice(gradient, { start: start[i]!, size: part.shape, step: step[i]! }))
  },
}

/**
 * Puts parts at their places in a tensor filled with one value; the transpose of `slice`. Parts may not meet.
 *
 * @param parts one or more, of equal dtype and of the result's rank
 * @param options `shape` of the result; `value` everywhere else (default 0); per part `start` and `step` (default 1) per axis
 * @throws IndexOutOfRangeError when a part would not lie inside
 * @throws ArgumentError when ranks, dtypes or steps do not fit
 */
export function place(
  parts: readonly Node[],
  options: {
    readonly shape: Shape
    readonly start: readonly (readonly number[])[]
    readonly step?: readonly (readonly number[])[]
    readonly value?: number
  },
): Node {
  const { shape, start, value = 0 } = options
  const step = options.step ?? start.map((axes) => axes.map(() => 1))
  const rank = shape.length
  const fits = parts.every(
    ({ shape: own, dtype }, i) =>
      dtype === parts[0]!.dtype && own.length === rank && start[i]?.length === rank && step[i]?.length === rank,
  )
  if (parts.length === 0 || !fits || step.some((axes) => axes.includes(0))) {
    throw new ArgumentError({
      what: `place: ${parts.length} parts with ${start.length} starts do not fit a result of ${rank} axes`,
      expected: 'parts of one dtype, each with a start and a step (not 0) for every axis of the result',
      fix: 'name every axis',
    })
  }
  return createNode(placeOperation, parts, { shape: [...shape], value, start, step })
}
