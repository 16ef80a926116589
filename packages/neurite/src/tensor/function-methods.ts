import type { DType, Shape } from '../graph/node.ts'
import * as ops from '../ops/index.ts'
import { unary } from './apply.ts'
import { ArithmeticMethods } from './arithmetic-methods.ts'
import { requireKnownOptions } from '../known-options.ts'
import type { Tensor } from './tensor.ts'

/** Functions of one number, applied to each element: float32 in and out, shape unchanged. */
export abstract class FunctionMethods extends ArithmeticMethods {
  /**
   * e to the power of each element (torch.exp).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([0, 1]).exp().toText()) // → tensor([1.0000, 2.7183])
   * ```
   */
  exp<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.exp)
  }

  /**
   * exp(x) - 1, precise near 0 (torch.expm1).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([0, 1]).expm1().toText()) // → tensor([0.0000, 1.7183])
   * ```
   */
  expm1<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.expm1)
  }

  /**
   * The natural logarithm (torch.log).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([1, 10]).log().toText()) // → tensor([0.0000, 2.3026])
   * ```
   */
  log<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.log)
  }

  /**
   * log(1 + x), precise near 0 (torch.log1p).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([0, 9]).log1p().toText()) // → tensor([0.0000, 2.3026])
   * ```
   */
  log1p<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.log1p)
  }

  /**
   * The square root; NaN for negative numbers (torch.sqrt).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([4, 2]).sqrt().toText()) // → tensor([2.0000, 1.4142])
   * ```
   */
  sqrt<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.sqrt)
  }

  /**
   * 1 / sqrt(x) (torch.rsqrt).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([4, 0.25]).rsqrt().toText()) // → tensor([0.5000, 2.0000])
   * ```
   */
  rsqrt<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.rsqrt)
  }

  /**
   * 1 / x (torch.reciprocal).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([4, 0.5]).reciprocal().toText()) // → tensor([0.2500, 2.0000])
   * ```
   */
  reciprocal<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.reciprocal)
  }

  /**
   * The sine; x in radians (torch.sin).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([0, Math.PI / 2]).sin().toText()) // → tensor([0., 1.])
   * ```
   */
  sin<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.sin)
  }

  /**
   * The cosine; x in radians (torch.cos).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([0, 1]).cos().toText()) // → tensor([1.0000, 0.5403])
   * ```
   */
  cos<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.cos)
  }

  /**
   * The hyperbolic tangent (torch.tanh).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([-1, 0, 1]).tanh().toText()) // → tensor([-0.7616,  0.0000,  0.7616])
   * ```
   */
  tanh<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.tanh)
  }

  /**
   * 1 / (1 + exp(-x)) (torch.sigmoid).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([-1, 0, 1]).sigmoid().toText()) // → tensor([0.2689, 0.5000, 0.7311])
   * ```
   */
  sigmoid<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.sigmoid)
  }

  /**
   * The error function (torch.erf).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([0, 1]).erf().toText()) // → tensor([0.0000, 0.8427])
   * ```
   */
  erf<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.erf)
  }

  /**
   * log(1 + exp(x)) without overflow (torch.nn.functional.softplus).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([0, 100]).softplus().toText()) // → tensor([  0.6931, 100.0000])
   * ```
   */
  softplus<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.softplus)
  }

  /**
   * max(x, 0); its gradient at 0 is 0 (torch.relu).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([-1, 2]).relu().toText()) // → tensor([0., 2.])
   * ```
   */
  relu<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.relu)
  }

  /**
   * x sigmoid(x) (torch.nn.functional.silu).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([-1, 2]).silu().toText()) // → tensor([-0.2689,  1.7616])
   * ```
   */
  silu<A extends Shape>(this: Tensor<A>): Tensor<A, 'float32'> {
    return unary(this, ops.silu)
  }

  /**
   * x times x (torch.square).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([3, -4]).square().toText()) // → tensor([ 9., 16.])
   * ```
   */
  square<A extends Shape, B extends DType>(this: Tensor<A, B>): Tensor<A, B> {
    return unary(this, ops.square)
  }

  /**
   * The largest whole number that is not larger (torch.floor).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([1.5, -1.5]).floor().toText()) // → tensor([ 1., -2.])
   * ```
   */
  floor<A extends Shape, B extends DType>(this: Tensor<A, B>): Tensor<A, B> {
    return unary(this, ops.floor)
  }

  /**
   * The smallest whole number that is not smaller (torch.ceil).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([1.5, -1.5]).ceil().toText()) // → tensor([ 2., -1.])
   * ```
   */
  ceil<A extends Shape, B extends DType>(this: Tensor<A, B>): Tensor<A, B> {
    return unary(this, ops.ceil)
  }

  /**
   * The nearest whole number; halves go to the even one (torch.round).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([0.5, 1.5, 2.4]).round().toText()) // → tensor([0., 2., 2.])
   * ```
   */
  round<A extends Shape, B extends DType>(this: Tensor<A, B>): Tensor<A, B> {
    return unary(this, ops.round)
  }

  /**
   * The whole part (torch.trunc).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([1.7, -1.7]).trunc().toText()) // → tensor([ 1., -1.])
   * ```
   */
  trunc<A extends Shape, B extends DType>(this: Tensor<A, B>): Tensor<A, B> {
    return unary(this, ops.trunc)
  }

  /**
   * Where the element is NaN, as bool (torch.isnan).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([1, NaN]).isNaN().toText()) // → tensor([false,  true])
   * ```
   */
  isNaN<A extends Shape>(this: Tensor<A>): Tensor<A, 'bool'> {
    return unary(this, ops.isNaN)
  }

  /**
   * x where x > 0, else `negativeSlope` x, 0.01 by default (torch.nn.functional.leaky_relu).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([-1, 2]).leakyRelu({ negativeSlope: 0.1 }).toText()) // → tensor([-0.1000,  2.0000])
   * ```
   */
  leakyRelu<A extends Shape>(this: Tensor<A>, options: { readonly negativeSlope?: number } = {}): Tensor<A, 'float32'> {
    requireKnownOptions('leakyRelu', options, ['negativeSlope'])
    return unary(this, (x) => ops.leakyRelu(x, options))
  }

  /**
   * x where x > 0, else `alpha` (exp(x) - 1); alpha is 1 by default (torch.nn.functional.elu).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([-1, 2]).elu().toText()) // → tensor([-0.6321,  2.0000])
   * ```
   */
  elu<A extends Shape>(this: Tensor<A>, options: { readonly alpha?: number } = {}): Tensor<A, 'float32'> {
    requireKnownOptions('elu', options, ['alpha'])
    return unary(this, (x) => ops.elu(x, options))
  }

  /**
   * x times the probability that a standard normal number is below x; `approximate: 'tanh'` for the approximation
   * (torch.nn.functional.gelu).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([-1, 2]).gelu().toText()) // → tensor([-0.1587,  1.9545])
   * ```
   */
  gelu<A extends Shape>(
    this: Tensor<A>,
    options: { readonly approximate?: 'none' | 'tanh' } = {},
  ): Tensor<A, 'float32'> {
    requireKnownOptions('gelu', options, ['approximate'])
    return unary(this, (x) => ops.gelu(x, options))
  }

  /**
   * 1 where x >= `threshold` (0 by default), else 0: the step activation of the first neurons. It has no gradient.
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([0.4, 0.67]).step({ threshold: 0.5 }).toText()) // → tensor([0., 1.])
   * ```
   */
  step<A extends Shape>(this: Tensor<A>, options: { readonly threshold?: number } = {}): Tensor<A, 'float32'> {
    requireKnownOptions('step', options, ['threshold'])
    return unary(this, (x) => ops.step(x, options))
  }
}
