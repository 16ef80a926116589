import type { DType, Node, Shape } from '../graph/node.ts'
import { constant } from './constant.ts'
import { broadcastTo } from './support/broadcast.ts'

/** A tensor filled with one number (torch.full); moves no data: an expanded scalar. Throws like `constant`. */
export function full(shape: Shape, value: number, dtype: DType = 'float32'): Node {
  return broadcastTo(constant(value, dtype), shape)
}
