import type { Node } from '../graph/node.ts'
import { lessEqual } from './less-equal.ts'
import { ofOne } from './support/of-one.ts'
import { defineTriangle, triangle } from './support/triangle.ts'
import { keepTriangle } from './support/keep-triangle.ts'
import { triangleValues } from './support/triangle-values.ts'

export const triuOperation = defineTriangle({
  name: 'triu',
  evaluate: triangleValues((distance) => distance >= 0),
  derivative: ({ attributes, gradient }) => [triu(gradient, attributes.diagonal)],
  lower: ofOne((x, { diagonal }) => keepTriangle(x, (distance) => lessEqual(diagonal, distance))),
})

/**
 * The upper triangle of matrices, 0 below it: `torch.triu`.
 *
 * @param x [..., rows, columns], any dtype
 * @param diagonal the first diagonal that is kept: 0 (default) is the main one, 1 the one above it, -1 the one below
 * @throws ShapeError when `x` has fewer than two dimensions
 * @throws ArgumentError when `diagonal` is not a whole number
 */
export function triu(x: Node, diagonal = 0): Node {
  return triangle(triuOperation, x, diagonal)
}
