import type { Evaluate } from './evaluate-lanes.ts'
import type { TriangleAttributes } from './triangle.ts'

/** The definition of `tril` and `triu`: keeps what `isKept` says of the distance to the diagonal, counted to the right. */
export function triangleValues(isKept: (distance: number) => boolean): Evaluate<TriangleAttributes> {
  return ([x], { attributes: { diagonal }, output }) => {
    const [rows, columns] = output.shape.slice(-2) as [number, number]
    return x!.map((value, position) => {
      const row = Math.floor(position / columns) % rows
      const column = position % columns
      return isKept(column - row - diagonal) ? value : 0
    })
  }
}
