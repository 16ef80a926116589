import { ArgumentError, ShapeError } from '../../errors.ts'
import { createNode, type CompositeOperation, type Node, type TensorType } from '../../graph/node.ts'
import { expand } from '../expand.ts'
import { full } from '../full.ts'
import { iota } from '../iota.ts'
import { lessEqual } from '../less-equal.ts'
import { sub } from '../sub.ts'
import { unsqueeze } from '../unsqueeze.ts'
import { where } from '../where.ts'

export interface TriangleAttributes {
  /** 0 is the main diagonal, positive numbers lie above it, negative ones below. */
  readonly diagonal: number
}

/**
 * Makes `tril` and `triu`: elements of matrices on one side of a diagonal are kept, the others become 0. `sign` 1 keeps
 * what lies on the diagonal and below, -1 what lies on it and above.
 */
export function defineTriangle(name: string, sign: 1 | -1): CompositeOperation<TriangleAttributes> {
  const operation: CompositeOperation<TriangleAttributes> = {
    kind: 'composite',
    name,
    infer: ([x], { diagonal }) => inferTriangle(name, x!, diagonal),
    evaluate([x], { attributes: { diagonal }, output }) {
      const [rows, columns] = output.shape.slice(-2) as [number, number]
      return x!.map((value, position) => {
        const row = Math.floor(position / columns) % rows
        const column = position % columns
        return sign * (column - row - diagonal) <= 0 ? value : 0
      })
    },
    derivative: ({ attributes, gradient }) => [createNode(operation, [gradient], attributes)],
    lower([x], { diagonal }) {
      const [rows, columns] = x!.shape.slice(-2) as [number, number]
      const distance = sub(iota(columns), unsqueeze(iota(rows), 1))
      const keep = sign === 1 ? lessEqual(distance, diagonal) : lessEqual(diagonal, distance)
      return where(expand(keep, x!.shape), x!, full(x!.shape, 0, x!.dtype))
    },
  }
  return operation
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
