import type { CastAttributes, DType, MapOperation, Node } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'
import { elements } from './support/evaluate-lanes.ts'

const SMALLEST_INT32 = -2147483648
const LARGEST_INT32 = 2147483647

/** Cuts the fraction off and clips to the range; NaN becomes 0, as in WebAssembly's saturating truncation. */
function toInt32(x: number): number {
  return Number.isNaN(x) ? 0 : Math.max(SMALLEST_INT32, Math.min(LARGEST_INT32, Math.trunc(x)))
}

const CONVERT: Record<DType, (x: number) => number> = {
  float32: (x) => x,
  int32: toInt32,
  uint8: (x) => toInt32(x) & 0xff,
  bool: (x) => Number(x !== 0),
}

export const castOperation: MapOperation<CastAttributes> = {
  kind: 'map',
  name: 'cast',
  scalar: 'cast',
  infer: ([x], { dtype }) => ({ shape: x!.shape, dtype }),
  evaluate: elements((x, { dtype }) => CONVERT[dtype](x)),
  derivative: ({ inputs: [x], attributes, gradient }) => [
    x!.dtype === 'float32' && attributes.dtype === 'float32' ? gradient : undefined,
  ],
}

/**
 * The same values in another dtype, shape unchanged (Tensor.to of PyTorch); `x` itself where the dtype stays.
 *
 * float32 to int32 cuts the fraction off and clips to the range, NaN becomes 0; to uint8 the int32 value is taken modulo
 * 256; to bool everything but 0 is true (NaN too). Gradients do not flow through integers.
 */
export function cast(x: Node, dtype: DType): Node {
  return x.dtype === dtype ? x : createNode(castOperation, [x], { dtype })
}
