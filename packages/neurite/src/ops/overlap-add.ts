import { createNode, elementCount, type CompositeOperation, type Node } from '../graph/node.ts'
import { add } from './add.ts'
import { place } from './place.ts'
import { reshape } from './reshape.ts'
import { slice } from './slice.ts'
import { forEachStrided, rowMajorStrides } from './support/strided.ts'
import { windows } from './windows.ts'

export interface OverlapAddAttributes {
  /** The axis of the positions. The last axis holds the elements of the windows. */
  readonly axis: number
  /** Size of the axis in the result. */
  readonly length: number
  readonly stride: number
  readonly dilation: number
}

export const overlapAddOperation: CompositeOperation<OverlapAddAttributes> = {
  kind: 'composite',
  name: 'overlapAdd',
  infer([x], { axis, length }) {
    return { shape: x!.shape.slice(0, -1).with(axis, length), dtype: x!.dtype }
  },
  evaluate([x], { inputs, attributes: { axis, stride, dilation }, output }) {
    const strides = rowMajorStrides(output.shape)
    const result = new Float64Array(elementCount(output.shape))
    const windowStrides = [...strides.with(axis, strides[axis]! * stride), strides[axis]! * dilation]
    forEachStrided(inputs[0]!.shape, windowStrides, 0, (position, offset) => {
      result[offset]! += x![position]!
    })
    return result
  },
  derivative({ inputs: [x], attributes: { axis, stride, dilation }, gradient }) {
    return [windows(gradient, { axis, size: x!.shape.at(-1)!, stride, dilation })]
  },
  lower([x], { axis, length, stride, dilation }) {
    const size = x!.shape.at(-1)!
    const shape = x!.shape.slice(0, -1)
    const start = shape.map(() => 0)
    const step = shape.map((_, i) => (i === axis ? stride : 1))
    let sum: Node | undefined
    for (let tap = 0; tap < size; tap++) {
      const part = slice(x!, { start: [...start, tap], size: [...shape, 1] })
      const placed = place([reshape(part, shape)], {
        shape: shape.with(axis, length),
        start: [start.with(axis, tap * dilation)],
        step: [step],
      })
      sum = sum === undefined ? placed : add(sum, placed)
    }
    return sum!
  },
}

/**
 * The transpose of `windows`: each element of a window is added back to the place that it was read from
 * (`torch.nn.functional.fold` in one dimension).
 *
 * @param x [..., positions, ..., size of a window]
 * @param options `axis` of the positions, its `length` in the result, `stride` and `dilation` as in `windows`
 */
export function overlapAdd(x: Node, options: OverlapAddAttributes): Node {
  return createNode(overlapAddOperation, [x], { ...options })
}
