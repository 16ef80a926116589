import { ShapeError } from '../errors.ts'
import { elementCount, type Shape } from './node.ts'

/** Throws ShapeError unless a shape has as many elements as there are values. */
export function requireCount(where: string, count: number, shape: Shape): void {
  if (count === elementCount(shape)) return
  throw new ShapeError({
    what: `${where}: ${count} values for the shape [${shape.join(', ')}]`,
    expected: `${elementCount(shape)} values`,
    fix: 'pass the shape that the values have',
  })
}
