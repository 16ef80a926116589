import type { DType, Shape } from '../graph/node.ts'
import * as ops from '../ops/index.ts'
import { binary, type BroadcastWith, type Fitting, type Operand, type PromoteWith, unary } from './apply.ts'
import { operandNode, TensorCore } from './tensor-core.ts'
import type { Tensor } from './tensor.ts'

/** Arithmetic, comparison and logic, element by element. */
export abstract class ArithmeticMethods extends TensorCore {
  /** `this + other`, broadcast (torch.add). Integers stay integers; int32 wraps. Throws ShapeError where shapes do not broadcast. */
  add<A extends Shape, B extends DType, T extends Operand>(
    this: Tensor<A, B>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, PromoteWith<B, T>> {
    return binary(this, other, ops.add)
  }

  /** `this - other`, broadcast (torch.sub). */
  sub<A extends Shape, B extends DType, T extends Operand>(
    this: Tensor<A, B>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, PromoteWith<B, T>> {
    return binary(this, other, ops.sub)
  }

  /** `this * other`, broadcast (torch.mul). */
  mul<A extends Shape, B extends DType, T extends Operand>(
    this: Tensor<A, B>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, PromoteWith<B, T>> {
    return binary(this, other, ops.mul)
  }

  /** `this / other`, broadcast; always float32 (torch.div). */
  div<A extends Shape, B extends DType, T extends Operand>(
    this: Tensor<A, B>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, 'float32'> {
    return binary(this, other, ops.div)
  }

  /** `this` to the power of `other`, broadcast (torch.pow). */
  pow<A extends Shape, B extends DType, T extends Operand>(
    this: Tensor<A, B>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, PromoteWith<B, T>> {
    return binary(this, other, ops.pow)
  }

  /** The larger of two elements, broadcast; NaN where one is NaN (torch.maximum). */
  maximum<A extends Shape, B extends DType, T extends Operand>(
    this: Tensor<A, B>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, PromoteWith<B, T>> {
    return binary(this, other, ops.maximum)
  }

  /** The smaller of two elements, broadcast; NaN where one is NaN (torch.minimum). */
  minimum<A extends Shape, B extends DType, T extends Operand>(
    this: Tensor<A, B>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, PromoteWith<B, T>> {
    return binary(this, other, ops.minimum)
  }

  /** Where `this == other`, as bool, broadcast (torch.eq). */
  equal<A extends Shape, B extends DType, T extends Operand>(
    this: Tensor<A, B>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, 'bool'> {
    return binary(this, other, ops.equal)
  }

  /** Where `this != other`, as bool, broadcast (torch.ne). */
  notEqual<A extends Shape, B extends DType, T extends Operand>(
    this: Tensor<A, B>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, 'bool'> {
    return binary(this, other, ops.notEqual)
  }

  /** Where `this < other`, as bool, broadcast (torch.lt). */
  less<A extends Shape, B extends DType, T extends Operand>(
    this: Tensor<A, B>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, 'bool'> {
    return binary(this, other, ops.less)
  }

  /** Where `this <= other`, as bool, broadcast (torch.le). */
  lessEqual<A extends Shape, B extends DType, T extends Operand>(
    this: Tensor<A, B>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, 'bool'> {
    return binary(this, other, ops.lessEqual)
  }

  /** Where `this > other`, as bool, broadcast (torch.gt). */
  greater<A extends Shape, B extends DType, T extends Operand>(
    this: Tensor<A, B>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, 'bool'> {
    return binary(this, other, ops.greater)
  }

  /** Where `this >= other`, as bool, broadcast (torch.ge). */
  greaterEqual<A extends Shape, B extends DType, T extends Operand>(
    this: Tensor<A, B>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, 'bool'> {
    return binary(this, other, ops.greaterEqual)
  }

  /** Where both are true (torch.logical_and). */
  logicalAnd<A extends Shape, T extends Tensor>(
    this: Tensor<A>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, 'bool'> {
    return this.derive(ops.logicalAnd(this.node, other.node)) as Tensor<BroadcastWith<A, T>, 'bool'>
  }

  /** Where one of both is true (torch.logical_or). */
  logicalOr<A extends Shape, T extends Tensor>(
    this: Tensor<A>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, 'bool'> {
    return this.derive(ops.logicalOr(this.node, other.node)) as Tensor<BroadcastWith<A, T>, 'bool'>
  }

  /** Where the element is false (torch.logical_not). */
  logicalNot<A extends Shape>(this: Tensor<A>): Tensor<A, 'bool'> {
    return unary(this, ops.logicalNot)
  }

  /** Minus each element (torch.neg). */
  neg<A extends Shape, B extends DType>(this: Tensor<A, B>): Tensor<A, B> {
    return unary(this, ops.neg)
  }

  /** The absolute value; its gradient at 0 is 0 (torch.abs). */
  abs<A extends Shape, B extends DType>(this: Tensor<A, B>): Tensor<A, B> {
    return unary(this, ops.abs)
  }

  /** -1, 0 or 1 (torch.sign). */
  sign<A extends Shape, B extends DType>(this: Tensor<A, B>): Tensor<A, B> {
    return unary(this, ops.sign)
  }

  /** Each element limited to `min` and `max`, either of which may be left out (torch.clamp). */
  clamp<A extends Shape, B extends DType>(
    this: Tensor<A, B>,
    limits: { readonly min?: number; readonly max?: number },
  ): Tensor<A, B> {
    return unary(this, (x) => ops.clamp(x, limits))
  }

  /**
   * `this` where `condition` is true, `other` elsewhere, broadcast (Tensor.where of PyTorch).
   *
   * @throws DTypeError unless `condition` is bool
   */
  where(condition: Tensor<Shape, 'bool'>, other: Operand): Tensor {
    if (typeof other === 'number') return this.derive(ops.where(condition.node, operandNode(this), other), this)
    return this.derive(ops.where(condition.node, operandNode(this), operandNode(other)), this, other)
  }
}
