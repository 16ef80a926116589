import type { DType, HostArray, Node, Shape } from '../graph/node.ts'
import type { Broadcast, BroadcastFits, Promote } from './shape-types.ts'
import { operandNode } from './tensor-core.ts'
import type { Tensor } from './tensor.ts'

/** What arithmetic takes: another tensor or a number. */
export type Operand = Tensor | number

/** The argument of arithmetic with a tensor of shape `S`: an error in the editor where known shapes do not broadcast. */
export type Fitting<S extends Shape, T extends Operand> = T &
  (T extends Tensor<infer Other> ? BroadcastFits<S, Other> : unknown)

/** The shape of arithmetic with `T`. */
export type BroadcastWith<S extends Shape, T extends Operand> = T extends Tensor<infer Other> ? Broadcast<S, Other> : S

/** The dtype of arithmetic with `T`. */
export type PromoteWith<D extends DType, T extends Operand> =
  T extends Tensor<Shape, infer Other> ? Promote<D, Other> : [D] extends ['float32'] ? 'float32' : DType

/** The typed array that holds values of a dtype. */
export type HostArrayOf<D extends DType> = [D] extends ['float32']
  ? Float32Array
  : [D] extends ['int32']
    ? Int32Array
    : [D] extends ['uint8' | 'bool']
      ? Uint8Array
      : HostArray

/** A tensor computed from one; the caller says its type. */
export function unary<R extends Tensor>(x: Tensor, build: (node: Node) => Node): R {
  return x.derive(build(operandNode(x)), x) as R
}

/** A tensor computed from a tensor and a tensor or number. */
export function binary<R extends Tensor>(x: Tensor, other: Operand, build: (a: Node, b: Node | number) => Node): R {
  if (typeof other === 'number') return x.derive(build(operandNode(x), other), x) as R
  return x.derive(build(operandNode(x), operandNode(other)), x, other) as R
}
