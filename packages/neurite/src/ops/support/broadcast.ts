import { requireDType } from '../../require-dtype.ts'
import { ShapeError } from '../../errors.ts'
import type { DType, Node, Shape, TensorType } from '../../graph/node.ts'
import { equalShapes } from '../../graph/node.ts'
import { cast } from '../cast.ts'
import { constant } from '../constant.ts'
import { expand } from '../expand.ts'
import { reshape } from '../reshape.ts'

/** What elementwise builders take: a number stands for a scalar of the other operand's dtype. */
export type Operand = Node | number

/** The shape that both broadcast to, as in NumPy and PyTorch. Throws ShapeError where two sizes differ and none is 1. */
export function broadcastShapes(a: Shape, b: Shape, operation = 'broadcast'): Shape {
  const rank = Math.max(a.length, b.length)
  const result: number[] = []
  for (let i = 0; i < rank; i++) {
    const p = a[a.length - rank + i] ?? 1
    const q = b[b.length - rank + i] ?? 1
    if (p !== q && p !== 1 && q !== 1) {
      throw new ShapeError({
        what: `${operation}: the shapes [${a.join(', ')}] and [${b.join(', ')}] do not fit each other`,
        expected: `equal sizes, or 1, in each axis counted from the end; ${p} and ${q} are neither`,
        fix: 'reshape, transpose or unsqueeze one of the two',
      })
    }
    result.push(p === 1 ? q : p)
  }
  return result
}

/** `x` repeated to a shape that it broadcasts to; `x` itself where it has that shape. */
export function broadcastTo(x: Node, shape: Shape): Node {
  if (equalShapes(x.shape, shape)) return x
  const missing = shape.length - x.shape.length
  const aligned = missing > 0 ? reshape(x, [...Array<number>(missing).fill(1), ...x.shape]) : x
  return equalShapes(aligned.shape, shape) ? aligned : expand(aligned, shape)
}

/** Both expanded to their common shape. Throws ShapeError where there is none. */
export function broadcastTogether(a: Node, b: Node, operation = 'broadcast'): [Node, Node] {
  const shape = broadcastShapes(a.shape, b.shape, operation)
  return [broadcastTo(a, shape), broadcastTo(b, shape)]
}

const RANK_OF_DTYPE: Record<DType, number> = { bool: 0, uint8: 1, int32: 2, float32: 3 }

/** The wider of two dtypes: bool < uint8 < int32 < float32. */
export function promotedType(a: DType, b: DType): DType {
  return RANK_OF_DTYPE[a] >= RANK_OF_DTYPE[b] ? a : b
}

/** Both cast to the wider of their dtypes. */
export function promote(a: Node, b: Node): [Node, Node] {
  const dtype = promotedType(a.dtype, b.dtype)
  return [cast(a, dtype), cast(b, dtype)]
}

/** bool and uint8 as int32, in which arithmetic on them happens; the rest unchanged. */
export function toArithmetic(x: Node): Node {
  return x.dtype === 'bool' || x.dtype === 'uint8' ? cast(x, 'int32') : x
}

/** Integers and bools as float32. */
export function toFloat(x: Node): Node {
  return cast(x, 'float32')
}

/**
 * Numbers become scalar constants, as Python numbers do in PyTorch: they take the tensor's dtype, or float32 where an
 * integer tensor cannot hold them.
 */
export function toNodes(a: Operand, b: Operand): [Node, Node] {
  const other = typeof a === 'number' ? b : a
  const dtype = typeof other === 'number' ? 'float32' : other.dtype
  return [toNode(a, dtype), toNode(b, dtype)]
}

function toNode(x: Operand, dtype: DType): Node {
  if (typeof x !== 'number') return x
  if (dtype === 'float32' || !Number.isInteger(x)) return constant(x, 'float32')
  return constant(x, 'int32')
}

/** Throws DTypeError unless `x` is float32. */
export function requireFloat<T extends TensorType>(operation: string, x: T): T {
  requireDType(operation, x, ['float32'])
  return x
}
