import { ShapeError } from '../errors.ts'
import {
  createNode,
  equalShapes,
  type ExpandAttributes,
  type Node,
  type Shape,
  type ViewOperation,
} from '../graph/node.ts'
import { reshape } from './reshape.ts'
import { sum } from './sum.ts'
import { copyStrided, rowMajorStrides } from './support/strided.ts'

export const expandOperation: ViewOperation<ExpandAttributes> = {
  kind: 'view',
  view: 'expand',
  name: 'expand',
  infer([x], { shape }) {
    const from = x!.shape
    if (from.length !== shape.length || from.some((size, axis) => size !== 1 && size !== shape[axis])) {
      throw expandError(from, shape)
    }
    return { shape, dtype: x!.dtype }
  },
  evaluate([x], { inputs, output }) {
    const from = inputs[0]!.shape
    const strides = rowMajorStrides(from).map((stride, axis) => (from[axis] === 1 ? 0 : stride))
    return copyStrided(x!, output.shape, strides)
  },
  derivative({ inputs, attributes: { shape }, gradient }) {
    const axes = shape.flatMap((size, axis) => (inputs[0]!.shape[axis] === size ? [] : [axis]))
    return [axes.length === 0 ? gradient : sum(gradient, { axes, keepDim: true })]
  },
}

/**
 * Repeats dimensions of size 1 without copying: `Tensor.expand` and `torch.broadcast_to`.
 *
 * @param x any dtype
 * @param shape the new shape, with at least as many dimensions as `x`; new ones are added in front. -1 keeps a size
 * @returns a node of that shape, or `x` itself when it has the shape already
 * @throws ShapeError when a dimension that is not 1 would change
 */
export function expand(x: Node, shape: Shape): Node {
  const added = shape.length - x.shape.length
  if (added < 0) throw expandError(x.shape, shape)
  const target = shape.map((size, axis) => (size === -1 && axis >= added ? x.shape[axis - added]! : size))
  if (equalShapes(x.shape, target)) return x
  const aligned = reshape(x, [...new Array<number>(added).fill(1), ...x.shape])
  return equalShapes(aligned.shape, target) ? aligned : createNode(expandOperation, [aligned], { shape: target })
}

function expandError(from: Shape, to: Shape): ShapeError {
  return new ShapeError({
    what: `expand: shape [${from.join(', ')}] cannot be repeated to [${to.join(', ')}]`,
    expected: 'at least as many dimensions, aligned at the last one, each equal to the old size unless that is 1',
    fix: 'insert dimensions of size 1 with unsqueeze or reshape where values are to be repeated',
  })
}
