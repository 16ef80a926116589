import type { DType, Shape } from '../graph/node.ts'
import * as ops from '../ops/index.ts'
import { binary, type BroadcastWith, type Fitting, type Operand, type PromoteWith, unary } from './apply.ts'
import { operandNode, TensorCore } from './tensor-core.ts'
import type { Tensor } from './tensor.ts'

/** Arithmetic, comparison and logic, element by element. */
export abstract class ArithmeticMethods extends TensorCore {
  /**
   * `this + other`, broadcast (torch.add). Integers stay integers; int32 wraps. Throws ShapeError where shapes do not
   * broadcast.
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([[1, 2], [3, 4]]).add(tensor([10, 20])).toText())
   * // → tensor([[11., 22.],
   * // →         [13., 24.]])
   * ```
   */
  add<A extends Shape, B extends DType, T extends Operand>(
    this: Tensor<A, B>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, PromoteWith<B, T>> {
    return binary(this, other, ops.add)
  }

  /**
   * `this - other`, broadcast (torch.sub).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([5, 6]).sub(1).toText()) // → tensor([4., 5.])
   * ```
   */
  sub<A extends Shape, B extends DType, T extends Operand>(
    this: Tensor<A, B>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, PromoteWith<B, T>> {
    return binary(this, other, ops.sub)
  }

  /**
   * `this * other`, broadcast (torch.mul).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([1, 2, 3]).mul(tensor([[1], [10]])).toText())
   * // → tensor([[ 1.,  2.,  3.],
   * // →         [10., 20., 30.]])
   * ```
   */
  mul<A extends Shape, B extends DType, T extends Operand>(
    this: Tensor<A, B>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, PromoteWith<B, T>> {
    return binary(this, other, ops.mul)
  }

  /**
   * `this / other`, broadcast; always float32 (torch.div).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([1, 2], { dtype: 'int32' }).div(4).toText()) // → tensor([0.2500, 0.5000])
   * ```
   */
  div<A extends Shape, B extends DType, T extends Operand>(
    this: Tensor<A, B>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, 'float32'> {
    return binary(this, other, ops.div)
  }

  /**
   * `this` to the power of `other`, broadcast (torch.pow).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([1, 2, 3]).pow(2).toText()) // → tensor([1., 4., 9.])
   * ```
   */
  pow<A extends Shape, B extends DType, T extends Operand>(
    this: Tensor<A, B>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, PromoteWith<B, T>> {
    return binary(this, other, ops.pow)
  }

  /**
   * The larger of two elements, broadcast; NaN where one is NaN (torch.maximum).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([1, 5]).maximum(3).toText()) // → tensor([3., 5.])
   * ```
   */
  maximum<A extends Shape, B extends DType, T extends Operand>(
    this: Tensor<A, B>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, PromoteWith<B, T>> {
    return binary(this, other, ops.maximum)
  }

  /**
   * The smaller of two elements, broadcast; NaN where one is NaN (torch.minimum).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([1, 5]).minimum(tensor([2, 2])).toText()) // → tensor([1., 2.])
   * ```
   */
  minimum<A extends Shape, B extends DType, T extends Operand>(
    this: Tensor<A, B>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, PromoteWith<B, T>> {
    return binary(this, other, ops.minimum)
  }

  /**
   * Where `this == other`, as bool, broadcast (torch.eq).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([1, 2]).equal(2).toText()) // → tensor([false,  true])
   * ```
   */
  equal<A extends Shape, B extends DType, T extends Operand>(
    this: Tensor<A, B>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, 'bool'> {
    return binary(this, other, ops.equal)
  }

  /**
   * Where `this != other`, as bool, broadcast (torch.ne).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([1, 2]).notEqual(2).toText()) // → tensor([ true, false])
   * ```
   */
  notEqual<A extends Shape, B extends DType, T extends Operand>(
    this: Tensor<A, B>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, 'bool'> {
    return binary(this, other, ops.notEqual)
  }

  /**
   * Where `this < other`, as bool, broadcast (torch.lt).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([1, 2, 3]).less(2).toText()) // → tensor([ true, false, false])
   * ```
   */
  less<A extends Shape, B extends DType, T extends Operand>(
    this: Tensor<A, B>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, 'bool'> {
    return binary(this, other, ops.less)
  }

  /**
   * Where `this <= other`, as bool, broadcast (torch.le).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([1, 2, 3]).lessEqual(2).toText()) // → tensor([ true,  true, false])
   * ```
   */
  lessEqual<A extends Shape, B extends DType, T extends Operand>(
    this: Tensor<A, B>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, 'bool'> {
    return binary(this, other, ops.lessEqual)
  }

  /**
   * Where `this > other`, as bool, broadcast (torch.gt).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([1, 2, 3]).greater(2).toText()) // → tensor([false, false,  true])
   * ```
   */
  greater<A extends Shape, B extends DType, T extends Operand>(
    this: Tensor<A, B>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, 'bool'> {
    return binary(this, other, ops.greater)
  }

  /**
   * Where `this >= other`, as bool, broadcast (torch.ge).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([1, 2, 3]).greaterEqual(2).toText()) // → tensor([false,  true,  true])
   * ```
   */
  greaterEqual<A extends Shape, B extends DType, T extends Operand>(
    this: Tensor<A, B>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, 'bool'> {
    return binary(this, other, ops.greaterEqual)
  }

  /**
   * Where both are true (torch.logical_and).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([true, true]).logicalAnd(tensor([true, false])).toText()) // → tensor([ true, false])
   * ```
   */
  logicalAnd<A extends Shape, T extends Tensor>(
    this: Tensor<A>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, 'bool'> {
    return this.derive(ops.logicalAnd(this.node, other.node)) as Tensor<BroadcastWith<A, T>, 'bool'>
  }

  /**
   * Where one of both is true (torch.logical_or).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([true, false]).logicalOr(tensor([false, false])).toText())
   * // → tensor([ true, false])
   * ```
   */
  logicalOr<A extends Shape, T extends Tensor>(
    this: Tensor<A>,
    other: Fitting<A, T>,
  ): Tensor<BroadcastWith<A, T>, 'bool'> {
    return this.derive(ops.logicalOr(this.node, other.node)) as Tensor<BroadcastWith<A, T>, 'bool'>
  }

  /**
   * Where the element is false (torch.logical_not).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([true, false]).logicalNot().toText()) // → tensor([false,  true])
   * ```
   */
  logicalNot<A extends Shape>(this: Tensor<A>): Tensor<A, 'bool'> {
    return unary(this, ops.logicalNot)
  }

  /**
   * Minus each element (torch.neg).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([1, -2]).neg().toText()) // → tensor([-1.,  2.])
   * ```
   */
  neg<A extends Shape, B extends DType>(this: Tensor<A, B>): Tensor<A, B> {
    return unary(this, ops.neg)
  }

  /**
   * The absolute value; its gradient at 0 is 0 (torch.abs).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([1, -2]).abs().toText()) // → tensor([1., 2.])
   * ```
   */
  abs<A extends Shape, B extends DType>(this: Tensor<A, B>): Tensor<A, B> {
    return unary(this, ops.abs)
  }

  /**
   * -1, 0 or 1 (torch.sign).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([-3, 0, 2]).sign().toText()) // → tensor([-1.,  0.,  1.])
   * ```
   */
  sign<A extends Shape, B extends DType>(this: Tensor<A, B>): Tensor<A, B> {
    return unary(this, ops.sign)
  }

  /**
   * Each element limited to `min` and `max`, either of which may be left out (torch.clamp).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([-2, 0.5, 2]).clamp({ min: -1, max: 1 }).toText())
   * // → tensor([-1.0000,  0.5000,  1.0000])
   * ```
   */
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
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([1, 2]).where(tensor([true, false]), 0).toText()) // → tensor([1., 0.])
   * ```
   */
  where(condition: Tensor<Shape, 'bool'>, other: Operand): Tensor {
    if (typeof other === 'number') return this.derive(ops.where(condition.node, operandNode(this), other), this)
    return this.derive(ops.where(condition.node, operandNode(this), operandNode(other)), this, other)
  }
}
