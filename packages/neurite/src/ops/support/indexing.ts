import { requireDType } from '../../require-dtype.ts'
import { ShapeError } from '../../errors.ts'
import type { Node, TensorType } from '../../graph/node.ts'
import { cast } from '../cast.ts'

/** `index` as int32; throws DTypeError when it holds no integers. */
export function toIndex(name: string, index: Node): Node {
  requireDType(name, index, ['int32', 'uint8'], 'an index')
  return cast(index, 'int32')
}

/** Throws ShapeError unless `index` has the rank of `x` and, outside the axis, sizes no larger than those of `x`. */
export function checkIndexShape(name: string, x: TensorType, index: TensorType, axis: number): void {
  const fits =
    index.shape.length === x.shape.length && index.shape.every((size, i) => i === axis || size <= x.shape[i]!)
  if (fits) return
  throw new ShapeError({
    what: `${name}: the index has shape [${index.shape.join(', ')}] for a tensor of shape [${x.shape.join(', ')}]`,
    expected: `as many dimensions as the tensor, and sizes no larger than its sizes in all axes but ${axis}`,
    fix: 'add missing dimensions with unsqueeze and repeat them with expand',
  })
}
