import type { Node } from '../graph/node.ts'
import { lessEqual } from './less-equal.ts'
import { ofOne } from './support/of-one.ts'
import { defineTriangle, triangle } from './support/triangle.ts'
import { keepTriangle } from './support/keep-triangle.ts'
import { triangleValues } from './support/triangle-values.ts'

export const trilOperation = defineTriangle({
  name: 'tril',
  evaluate: triangleValues((distance) => distance <= 0),
  derivative: ({ attributes, gradient }) => [tril(gradient, attributes.diagonal)],
  lower: ofOne((x, { diagonal }) => keepTriangle(x, (distance) => lessEqual(distance, diagonal))),
})

/**
 * The lower triangle of matrices, 0 above it: `torch.tril`.
 *
 * @param x [..., rows, columns], any dtype
 * @param diagonal the last diagonal that is kept: 0 (default) is the main one, 1 the one above it, -1 the one below
 * @throws ShapeError when `x` has fewer than two dimensions
 * @throws ArgumentError when `diagonal` is not a whole number
 */
export function tril(x: Node, diagonal = 0): Node {
  return triangle(trilOperation, x, diagonal)
}
