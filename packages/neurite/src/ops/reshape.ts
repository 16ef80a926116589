import { ArgumentError, ShapeError } from '../errors.ts'
import {
  createNode,
  elementCount,
  equalShapes,
  type Node,
  type ReshapeAttributes,
  type Shape,
  type ViewOperation,
} from '../graph/node.ts'

export const reshapeOperation: ViewOperation<ReshapeAttributes> = {
  kind: 'view',
  view: 'reshape',
  name: 'reshape',
  infer([x], { shape }) {
    if (elementCount(x!.shape) !== elementCount(shape)) throw sizeError(x!.shape, shape)
    return { shape, dtype: x!.dtype }
  },
  evaluate: ([x]) => x!.slice(),
  derivative: ({ inputs, gradient }) => [reshape(gradient, inputs[0]!.shape)],
}

/**
 * The same elements in the same row-major order, seen with another shape: `torch.reshape`.
 *
 * @param x any shape and dtype
 * @param shape the new shape; one dimension may be -1 and is then found from the others
 * @returns a node of that shape, or `x` itself when it has the shape already
 * @throws ShapeError when the number of elements differs, or when -1 cannot be found
 * @throws ArgumentError when a dimension is neither -1 nor a whole number of zero or more
 */
export function reshape(x: Node, shape: Shape): Node {
  const target = resolve(x.shape, shape)
  return equalShapes(x.shape, target) ? x : createNode(reshapeOperation, [x], { shape: target })
}

function resolve(from: Shape, shape: Shape): Shape {
  const unknown = shape.indexOf(-1)
  for (const [axis, dimension] of shape.entries()) {
    if (axis !== unknown && !(Number.isInteger(dimension) && dimension >= 0)) {
      throw new ArgumentError({
        what: `reshape: dimension ${axis} of the new shape [${shape.join(', ')}] is ${dimension}`,
        expected: 'whole numbers of zero or more, and at most one -1',
        fix: 'give the sizes, and -1 for the one that follows from the others',
      })
    }
  }
  if (unknown < 0) return [...shape]
  const known = shape.reduce((product, dimension, axis) => (axis === unknown ? product : product * dimension), 1)
  const missing = elementCount(from) / known
  // 0 / 0: any size would do, so none can be chosen.
  if (!Number.isInteger(missing)) throw sizeError(from, shape)
  return shape.map((dimension, axis) => (axis === unknown ? missing : dimension))
}

function sizeError(from: Shape, to: Shape): ShapeError {
  const count = elementCount(from)
  return new ShapeError({
    what: `reshape: shape [${from.join(', ')}] does not fit into [${to.join(', ')}]`,
    expected: `dimensions whose product is ${count}`,
    fix: 'choose sizes with that product, or give -1 for one size that follows from the others',
  })
}
