import { requireWhole } from '../option-checks.ts'
import { ShapeError } from '../errors.ts'
import { createNode, type Node, type ViewOperation, type WindowsAttributes } from '../graph/node.ts'
import { overlapAdd } from './overlap-add.ts'
import { normaliseAxis } from './support/axes.ts'
import { copyStrided, rowMajorStrides } from './support/strided.ts'

export const windowsOperation: ViewOperation<WindowsAttributes> = {
  kind: 'view',
  view: 'windows',
  name: 'windows',
  infer([x], { axis, size, stride, dilation }) {
    for (const [name, value] of Object.entries({ size, stride, dilation })) {
      requireWhole('windows', name, value, 1)
    }
    const length = x!.shape[axis]!
    const span = dilation * (size - 1) + 1
    if (span > length) {
      throw new ShapeError({
        what: `windows: a window covers ${span} elements, axis ${axis} has ${length}`,
        expected: 'a window no larger than the axis',
        fix: 'use a smaller window or dilation, or pad the input',
      })
    }
    const positions = Math.floor((length - span) / stride) + 1
    return { shape: [...x!.shape.with(axis, positions), size], dtype: x!.dtype }
  },
  evaluate([x], { inputs, attributes: { axis, stride, dilation }, output }) {
    const strides = rowMajorStrides(inputs[0]!.shape)
    const tap = strides[axis]! * dilation
    return copyStrided(x!, output.shape, [...strides.with(axis, strides[axis]! * stride), tap])
  },
  derivative({ inputs: [x], attributes: { axis, stride, dilation }, gradient }) {
    return [overlapAdd(gradient, { axis, length: x!.shape[axis]!, stride, dilation })]
  },
}

/**
 * Sliding windows along an axis, without copying: `torch.Tensor.unfold`, with dilation. The axis becomes the positions, and a
 * new last axis holds the elements of each window.
 *
 * @param x any shape and dtype
 * @param options `axis`; `size` of a window; `stride` from window to window; `dilation` between its elements
 * @throws ShapeError when a window is larger than the axis
 * @throws ArgumentError when size, stride or dilation is not a whole number of at least 1
 */
export function windows(
  x: Node,
  options: {
    readonly axis: number
    readonly size: number
    readonly stride?: number | undefined
    readonly dilation?: number | undefined
  },
): Node {
  const { size, stride = 1, dilation = 1 } = options
  const axis = normaliseAxis('windows', options.axis, x.shape.length)
  return createNode(windowsOperation, [x], { axis, size, stride, dilation })
}
