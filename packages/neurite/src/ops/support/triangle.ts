import { ArgumentError, ShapeError } from '../../errors.ts'
import { createNode, type CompositeOperation, type Node, type TensorType } from '../../graph/node.ts'

export interface TriangleAttributes {
  /** 0 is the main diagonal, positive numbers lie above it, negative ones below. */
  readonly diagonal: number
}

/** Makes `tril` and `triu`: elements of matrices on one side of a diagonal are kept, the others become 0. */
export function defineTriangle(
  definition: Omit<CompositeOperation<TriangleAttributes>, 'kind' | 'infer'>,
): CompositeOperation<TriangleAttributes> {
  return {
    ...definition,
    kind: 'composite',
    infer: ([x], { diagonal }) => inferTriangle(definition.name, x!, diagonal),
  }
}

function inferTriangle(name: string, x: TensorType, diagonal: number): TensorType {
  if (x.shape.length < 2) {
    throw new ShapeError({
      what: `${name}: the input has shape [${x.shape.join(', ')}]`,
      expected: 'two dimensions or more: the last two are rows and columns',
      fix: 'reshape the input to matrices',
    })
  }
  if (!Number.isInteger(diagonal)) {
    throw new ArgumentError({
      what: `${name}: the diagonal is ${diagonal}`,
      expected: 'a whole number',
      fix: 'pass 0 for the main diagonal, 1 for the one above it, -1 for the one below',
    })
  }
  return x
}

/** A node of `tril` or `triu`. */
export function triangle(operation: CompositeOperation<TriangleAttributes>, x: Node, diagonal: number): Node {
  return createNode(operation, [x], { diagonal })
}
