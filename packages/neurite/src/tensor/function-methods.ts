import type { DType, Shape } from '../graph/node.ts'
import * as ops from '../ops/index.ts'
import { unary } from './apply.ts'
import { ArithmeticMethods } from './arithmetic-methods.ts'
import type { Tensor } from './tensor.ts'

/** Functions of one number, applied to each element: float32 in and out, shape unchanged. */
export abstract class FunctionMethods extends ArithmeticMethods {
  /** e to the power of each element (torch.exp). */
  exp<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.exp)
  }

  /** exp(x) - 1, precise near 0 (torch.expm1). */
  expm1<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.expm1)
  }

  /** The natural logarithm (torch.log). */
  log<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.log)
  }

  /** log(1 + x), precise near 0 (torch.log1p). */
  log1p<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.log1p)
  }

  /** The square root; NaN for negative numbers (torch.sqrt). */
  sqrt<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.sqrt)
  }

  /** 1 / sqrt(x) (torch.rsqrt). */
  rsqrt<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.rsqrt)
  }

  /** 1 / x (torch.reciprocal). */
  reciprocal<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.reciprocal)
  }

  /** The sine; x in radians (torch.sin). */
  sin<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.sin)
  }

  /** The cosine; x in radians (torch.cos). */
  cos<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.cos)
  }

  /** The hyperbolic tangent (torch.tanh). */
  tanh<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.tanh)
  }

  /** 1 / (1 + exp(-x)) (torch.sigmoid). */
  sigmoid<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.sigmoid)
  }

  /** The error function (torch.erf). */
  erf<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.erf)
  }

  /** log(1 + exp(x)) without overflow (torch.nn.functional.softplus). */
  softplus<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.softplus)
  }

  /** max(x, 0); its gradient at 0 is 0 (torch.relu). */
  relu<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.relu)
  }

  /** x sigmoid(x) (torch.nn.functional.silu). */
  silu<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.silu)
  }

  /** x times x (torch.square). */
  square<A extends Shape, B extends DType>(this: Tensor<A, B>): Tensor<A, B> {
    return unary(this, ops.square)
  }

  /** The largest whole number that is not larger (torch.floor). */
  floor<A extends Shape, B extends DType>(this: Tensor<A, B>): Tensor<A, B> {
    return unary(this, ops.floor)
  }

  /** The smallest whole number that is not smaller (torch.ceil). */
  ceil<A extends Shape, B extends DType>(this: Tensor<A, B>): Tensor<A, B> {
    return unary(this, ops.ceil)
  }

  /** The nearest whole number; halves go to the even one (torch.round). */
  round<A extends Shape, B extends DType>(this: Tensor<A, B>): Tensor<A, B> {
    return unary(this, ops.round)
  }

  /** The whole part (torch.trunc). */
  trunc<A extends Shape, B extends DType>(this: Tensor<A, B>): Tensor<A, B> {
    return unary(this, ops.trunc)
  }

  /** Where the element is NaN, as bool (torch.isnan). */
  isNaN<A extends Shape>(this: Tensor<A>): Tensor<A, 'bool'> {
    return unary(this, ops.isNaN)
  }

  /** x where x > 0, else `negativeSlope` x, 0.01 by default (torch.nn.functional.leaky_relu). */
  leakyRelu<A extends Shape>(this: Tensor<A>, options: { readonly negativeSlope?: number } = {}): Tensor<A, 'float32'> {
    return unary(this, (x) => ops.leakyRelu(x, options))
  }

  /** x where x > 0, else `alpha` (exp(x) - 1); alpha is 1 by default (torch.nn.functional.elu). */
  elu<A extends Shape>(this: Tensor<A>, options: { readonly alpha?: number } = {}): Tensor<A, 'float32'> {
    return unary(this, (x) => ops.elu(x, options))
  }

  /** x times the probability that a standard normal number is below x; `approximate: 'tanh'` for the approximation (torch.nn.functional.gelu). */
  gelu<A extends Shape>(
    this: Tensor<A>,
    options: { readonly approximate?: 'none' | 'tanh' } = {},
  ): Tensor<A, 'float32'> {
    return unary(this, (x) => ops.gelu(x, options))
  }

  /** 1 where x >= `threshold` (0 by default), else 0: the step activation of the first neurons. It has no gradient. */
  step<A extends Shape>(this: Tensor<A>, options: { readonly threshold?: number } = {}): Tensor<A, 'float32'> {
    return unary(this, (x) => ops.step(x, options))
  }
}
