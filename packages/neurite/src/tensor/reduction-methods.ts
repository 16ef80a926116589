import type { DType, Shape } from '../graph/node.ts'
import * as ops from '../ops/index.ts'
import { unary } from './apply.ts'
import { FunctionMethods } from './function-methods.ts'
import { requireKnownOptions } from '../known-options.ts'
import type { Tensor } from './tensor.ts'

/** Axes to reduce over: one or several, negative ones counted from the end; all where left out. */
export type Axes = number | readonly number[]

/** Whether reduced axes stay with size 1; default false. */
export interface ReductionOptions {
  readonly keepDim?: boolean
}

/** The shape after reducing: a scalar where no axes are named and none are kept. */
export type Reduced<T extends Axes | undefined, O extends ReductionOptions> = [T] extends [undefined]
  ? [O] extends [{ readonly keepDim: true }]
    ? Shape
    : []
  : Shape

const known = (name: string, options: ReductionOptions = {}): ReductionOptions => {
  requireKnownOptions(name, options, name === 'variance' ? ['keepDim', 'correction'] : ['keepDim'])
  return options
}

const withAxes = (
  name: string,
  axes: Axes | undefined,
  options?: ReductionOptions,
): ReductionOptions & { axes?: Axes } => (axes === undefined ? known(name, options) : { axes, ...known(name, options) })

/** Sums, extremes and what is made of them. */
export abstract class ReductionMethods extends FunctionMethods {
  /**
   * The sum over `axes`; integers and bools give int32 (torch.sum).
   *
   * @throws IndexOutOfRangeError for an axis that does not exist
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * const x = tensor([[1, 2], [3, 4]])
   * console.log(await x.sum().item()) // → 10
   * console.log(await x.sum(0).toText()) // → tensor([4., 6.])
   * ```
   */
  sum<B extends DType, T extends Axes | undefined = undefined, O extends ReductionOptions = {}>(
    this: Tensor<Shape, B>,
    axes?: T,
    options?: O,
  ): Tensor<Reduced<T, O>, B extends 'float32' ? 'float32' : 'int32'> {
    return unary(this, (x) => ops.sum(x, withAxes('sum', axes, options)))
  }

  /**
   * The mean over `axes` (torch.mean). Throws DTypeError for integers.
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([[1, 2], [3, 5]]).mean(1).toText()) // → tensor([1.5000, 4.0000])
   * ```
   */
  mean<T extends Axes | undefined = undefined, O extends ReductionOptions = {}>(
    this: Tensor,
    axes?: T,
    options?: O,
  ): Tensor<Reduced<T, O>, 'float32'> {
    return unary(this, (x) => ops.mean(x, withAxes('mean', axes, options)))
  }

  /**
   * The largest element over `axes`, NaN if there is one; equal ones share the gradient (torch.amax).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([[1, 2], [3, 5]]).max(0).toText()) // → tensor([3., 5.])
   * ```
   */
  max<B extends DType, T extends Axes | undefined = undefined, O extends ReductionOptions = {}>(
    this: Tensor<Shape, B>,
    axes?: T,
    options?: O,
  ): Tensor<Reduced<T, O>, B> {
    return unary(this, (x) => ops.max(x, withAxes('max', axes, options)))
  }

  /**
   * The smallest element over `axes`, NaN if there is one; equal ones share the gradient (torch.amin).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([[1, 2], [3, 5]]).min().item()) // → 1
   * ```
   */
  min<B extends DType, T extends Axes | undefined = undefined, O extends ReductionOptions = {}>(
    this: Tensor<Shape, B>,
    axes?: T,
    options?: O,
  ): Tensor<Reduced<T, O>, B> {
    return unary(this, (x) => ops.min(x, withAxes('min', axes, options)))
  }

  /**
   * The product over `axes` (torch.prod).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([2, 3, 4]).prod().item()) // → 24
   * ```
   */
  prod<B extends DType, T extends Axes | undefined = undefined, O extends ReductionOptions = {}>(
    this: Tensor<Shape, B>,
    axes?: T,
    options?: O,
  ): Tensor<Reduced<T, O>, B extends 'float32' ? 'float32' : 'int32'> {
    return unary(this, (x) => ops.prod(x, withAxes('prod', axes, options)))
  }

  /**
   * The variance over `axes`, divided by the count minus `correction`, 1 by default (torch.var).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([1, 2, 3, 4]).variance().toText()) // → tensor(1.6667)
   * ```
   */
  variance<T extends Axes | undefined = undefined, O extends ReductionOptions & { readonly correction?: number } = {}>(
    this: Tensor,
    axes?: T,
    options?: O,
  ): Tensor<Reduced<T, O>, 'float32'> {
    return unary(this, (x) => ops.variance(x, withAxes('variance', axes, options)))
  }

  /**
   * log(sum(exp(x))) over `axes` without overflow (torch.logsumexp).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([[0, 0], [1000, 1000]]).logSumExp(1).toText()) // → tensor([6.9315e-01, 1.0007e+03])
   * ```
   */
  logSumExp<T extends Axes | undefined = undefined, O extends ReductionOptions = {}>(
    this: Tensor,
    axes?: T,
    options?: O,
  ): Tensor<Reduced<T, O>, 'float32'> {
    return unary(this, (x) => ops.logSumExp(x, withAxes('logSumExp', axes, options)))
  }

  /**
   * Where the largest element stands along `axis`, or in the flattened tensor; the first of equal ones (torch.argmax).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([[1, 5], [7, 2]]).argmax(1).toText()) // → tensor([1, 0], dtype=int32)
   * ```
   */
  argmax<T extends number | undefined = undefined, O extends ReductionOptions = {}>(
    this: Tensor,
    axis?: T,
    options?: O,
  ): Tensor<Reduced<T, O>, 'int32'> {
    return unary(this, (x) =>
      ops.argmax(x, axis === undefined ? known('argmax', options) : { axis, ...known('argmax', options) }),
    )
  }

  /**
   * Where the smallest element stands along `axis`, or in the flattened tensor; the first of equal ones (torch.argmin).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([3, 1, 2]).argmin().item()) // → 1
   * ```
   */
  argmin<T extends number | undefined = undefined, O extends ReductionOptions = {}>(
    this: Tensor,
    axis?: T,
    options?: O,
  ): Tensor<Reduced<T, O>, 'int32'> {
    return unary(this, (x) =>
      ops.argmin(x, axis === undefined ? known('argmin', options) : { axis, ...known('argmin', options) }),
    )
  }

  /**
   * exp(x) divided by its sum along `axis`: positive numbers that add up to 1 (torch.softmax).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([0, 0, Math.log(2)]).softmax(0).toText()) // → tensor([0.2500, 0.2500, 0.5000])
   * ```
   */
  softmax<A extends Shape>(this: Tensor<A>, axis: number): Tensor<A, 'float32'> {
    return unary(this, (x) => ops.softmax(x, axis))
  }

  /**
   * The logarithm of `softmax`, precise where that underflows (torch.log_softmax).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([0, 1000]).logSoftmax(0).toText()) // → tensor([-1000.,     0.])
   * ```
   */
  logSoftmax<A extends Shape>(this: Tensor<A>, axis: number): Tensor<A, 'float32'> {
    return unary(this, (x) => ops.logSoftmax(x, axis))
  }

  /**
   * Running sums along `axis` (torch.cumsum).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([1, 2, 3]).cumsum(0).toText()) // → tensor([1., 3., 6.])
   * ```
   */
  cumsum<A extends Shape, B extends DType>(this: Tensor<A, B>, axis: number): Tensor<A, B> {
    return unary(this, (x) => ops.cumsum(x, axis))
  }

  /**
   * Whether any element along `axes` is true, as bool (torch.any).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([[true, false], [false, false]]).any(1).toText()) // → tensor([ true, false])
   * ```
   */
  any<T extends Axes | undefined = undefined, O extends ReductionOptions = {}>(
    this: Tensor,
    axes?: T,
    options?: O,
  ): Tensor<Reduced<T, O>, 'bool'> {
    const found = ops.sum(ops.cast(this.node, 'bool'), withAxes('any', axes, options))
    return this.make(ops.notEqual(found, 0)) as Tensor<Reduced<T, O>, 'bool'>
  }

  /**
   * Whether all elements along `axes` are true, as bool (torch.all).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([[true, false], [true, true]]).all(1).toText()) // → tensor([false,  true])
   * ```
   */
  all<T extends Axes | undefined = undefined, O extends ReductionOptions = {}>(
    this: Tensor,
    axes?: T,
    options?: O,
  ): Tensor<Reduced<T, O>, 'bool'> {
    const isFalse = ops.logicalNot(ops.cast(this.node, 'bool'))
    const missing = ops.sum(isFalse, withAxes('all', axes, options))
    return this.make(ops.equal(missing, 0)) as Tensor<Reduced<T, O>, 'bool'>
  }
}
