import { StateError } from '../errors.ts'
import type { DType, Shape } from '../graph/node.ts'
import * as ops from '../ops/index.ts'
import { currentTrace } from '../runtime/trace-context.ts'
import { unary } from './apply.ts'
import { type Index, indexed, sliced } from './indexing.ts'
import { MovementMethods } from './movement-methods.ts'
import type { Append, MatrixFits, MatrixProduct } from './shape-types.ts'
import { operandNode } from './tensor-core.ts'
import { requireKnownOptions } from '../known-options.ts'
import type { Tensor } from './tensor.ts'

/** Matrix products, parts of tensors, and values picked by place. */
export abstract class IndexMethods extends MovementMethods {
  /**
   * The matrix product: dot product of vectors, product of matrices, or of batches of them whose leading dimensions
   * broadcast (torch.matmul).
   *
   * @throws ShapeError where the inner sizes differ, and for scalars
   * @throws DTypeError unless both are float32
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * const a = tensor([[1, 2], [3, 4]])
   * console.log(await a.matmul(tensor([1, 10])).toText()) // → tensor([21., 43.])
   * ```
   */
  matmul<A extends Shape, N extends Shape>(
    this: Tensor<A>,
    other: Tensor<N> & MatrixFits<A, N>,
  ): Tensor<MatrixProduct<A, N>, 'float32'> {
    const product = ops.matmul(operandNode(this), operandNode(other))
    return this.derive(product, this, other) as Tensor<MatrixProduct<A, N>, 'float32'>
  }

  /**
   * A part of the tensor, one index per axis: a place (that axis goes away), a range `[start, end, step]` as in Python's
   * `start:end:step`, `null` for the whole axis, an int32 tensor of places, or `'...'` for all axes that are not named.
   *
   * @throws IndexOutOfRangeError for a place outside the axis, and for too many indices
   *
   * @example
   * ```ts
   * import { arange } from 'neurite'
   *
   * const x = arange(12).reshape([3, 4])
   * console.log(await x.at(1).toText()) // → tensor([4, 5, 6, 7], dtype=int32)
   * console.log(await x.at(null, -1).toText()) // → tensor([ 3,  7, 11], dtype=int32)
   * console.log(await x.at([0, 2], [1, 4, 2]).toArray()) // → [ [ 1, 3 ], [ 5, 7 ] ]
   * ```
   */
  at<B extends DType>(this: Tensor<Shape, B>, ...indices: readonly Index[]): Tensor<Shape, B> {
    return unary(this, (x) => indexed(x, indices))
  }

  /**
   * The elements from `start` to before `end` along one axis, every `step`th, by Python's rules: negative places count
   * from the end, places outside are moved to the edge, a negative step walks backwards.
   *
   * @throws IndexOutOfRangeError for an axis that does not exist
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([1, 2, 3, 4, 5]).slice(0, 1, -1, 2).toText()) // → tensor([2., 4.])
   * ```
   */
  slice<B extends DType>(
    this: Tensor<Shape, B>,
    axis: number,
    start?: number,
    end?: number,
    step?: number,
  ): Tensor<Shape, B> {
    return unary(this, (x) => sliced(x, axis, [start, end, step]))
  }

  /**
   * For every place of `index` the element at that place along `axis` (torch.gather). `index` is int32 and has the rank
   * of this tensor; outside `axis` its sizes may be smaller.
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * const x = tensor([[1, 2], [3, 4]])
   * console.log(await x.gather(1, tensor([[1], [0]], { dtype: 'int32' })).toText())
   * // → tensor([[2.],
   * // →         [3.]])
   * ```
   */
  gather<A extends Shape, B extends DType>(
    this: Tensor<Shape, B>,
    axis: number,
    index: Tensor<A, 'int32'>,
  ): Tensor<A, B> {
    return unary(this, (x) => ops.gather(x, axis, index.node))
  }

  /**
   * Whole slices picked by their places along `axis` (torch.index_select); `indices` is int32, one dimension.
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * const x = tensor([[1, 2, 3], [4, 5, 6]])
   * console.log(await x.indexSelect(1, tensor([2, 0], { dtype: 'int32' })).toArray()) // → [ [ 3, 1 ], [ 6, 4 ] ]
   * ```
   */
  indexSelect<B extends DType>(this: Tensor<Shape, B>, axis: number, indices: Tensor): Tensor<Shape, B> {
    return unary(this, (x) => ops.indexSelect(x, axis, indices.node))
  }

  /**
   * This tensor with `source` added at the places that `index` names along `axis` (torch.scatter_add).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * const places = tensor([1, 1, 0], { dtype: 'int32' })
   * console.log(await tensor([0, 0]).scatterAdd(0, places, tensor([1, 2, 3])).toText()) // → tensor([3., 3.])
   * ```
   */
  scatterAdd<A extends Shape, B extends DType>(
    this: Tensor<A, B>,
    axis: number,
    index: Tensor<Shape, 'int32'>,
    source: Tensor,
  ): Tensor<A, B> {
    const result = ops.scatterAdd(operandNode(this), axis, index.node, operandNode(source))
    return this.derive(result, this, source) as Tensor<A, B>
  }

  /**
   * `value` where `mask` is true, this tensor elsewhere (torch.masked_fill).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * const x = tensor([1, -2, 3])
   * console.log(await x.maskedFill(x.less(0), 0).toText()) // → tensor([1., 0., 3.])
   * ```
   */
  maskedFill<B extends DType>(this: Tensor<Shape, B>, mask: Tensor<Shape, 'bool'>, value: number): Tensor<Shape, B> {
    return unary(this, (x) => ops.maskedFill(x, mask.node, value))
  }

  /**
   * The elements where `mask` is true, in one dimension (torch.masked_select). How many there are depends on the values,
   * so they are computed here, and it cannot be used inside compile.
   *
   * @throws StateError inside a compiled function
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * const x = tensor([1, -2, 3])
   * const chosen = await x.maskedSelect(x.greater(0))
   * console.log(await chosen.toText()) // → tensor([1., 3.])
   * ```
   */
  async maskedSelect<B extends DType>(
    this: Tensor<Shape, B>,
    mask: Tensor<Shape, 'bool'>,
  ): Promise<Tensor<[number], B>> {
    if (currentTrace() !== undefined) {
      throw new StateError({
        what: 'maskedSelect is used inside a compiled function, where shapes cannot depend on values',
        expected: 'shapes that follow from the shapes of the arguments',
        fix: 'use where() or maskedFill(), or call maskedSelect outside compile',
      })
    }
    const chosen = await mask.expand(this.shape).data()
    const places = Int32Array.from(chosen.keys()).filter((i) => chosen[i] !== 0)
    const index = ops.data({ data: places, shape: [places.length], dtype: 'int32' })
    return unary(this, (x) => ops.indexSelect(ops.reshape(x, [-1]), 0, index))
  }

  /**
   * 1 at the place that each element names, else 0: [...] becomes [..., classes] (torch.nn.functional.one_hot).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([2, 0], { dtype: 'int32' }).oneHot(3).toArray()) // → [ [ 0, 0, 1 ], [ 1, 0, 0 ] ]
   * ```
   */
  oneHot<A extends Shape, const C extends number>(this: Tensor<A>, classes: C): Tensor<Append<A, C>> {
    return this.make(ops.oneHot(this.node, classes)) as Tensor<Append<A, C>>
  }

  /**
   * The elements in order along `axis` (-1 by default), and where they came from (torch.sort, stable).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * const { values, indices } = tensor([3, 1, 2]).sort()
   * console.log(await values.toArray(), await indices.toArray()) // → [ 1, 2, 3 ] [ 1, 2, 0 ]
   * ```
   */
  sort<A extends Shape, B extends DType>(
    this: Tensor<A, B>,
    options: { readonly axis?: number; readonly descending?: boolean } = {},
  ): { values: Tensor<A, B>; indices: Tensor<A, 'int32'> } {
    requireKnownOptions('sort', options, ['axis', 'descending'])
    const { values, indices } = ops.sort(operandNode(this), options)
    return { values: this.derive(values, this) as Tensor<A, B>, indices: this.make(indices) as Tensor<A, 'int32'> }
  }

  /**
   * The places that would put the elements in order along `axis` (torch.argsort, stable).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([3, 1, 2]).argsort({ descending: true }).toText())
   * // → tensor([0, 2, 1], dtype=int32)
   * ```
   */
  argsort<A extends Shape>(
    this: Tensor<A>,
    options: { readonly axis?: number; readonly descending?: boolean } = {},
  ): Tensor<A, 'int32'> {
    requireKnownOptions('argsort', options, ['axis', 'descending'])
    return this.make(ops.argsort(this.node, options)) as Tensor<A, 'int32'>
  }

  /**
   * The `k` largest elements along `axis` (-1 by default) in order, and where they are (torch.topk).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * const { values, indices } = tensor([3, 1, 2]).topk(2)
   * console.log(await values.toArray(), await indices.toArray()) // → [ 3, 2 ] [ 0, 2 ]
   * ```
   */
  topk<B extends DType>(
    this: Tensor<Shape, B>,
    k: number,
    options: { readonly axis?: number; readonly largest?: boolean } = {},
  ): { values: Tensor<Shape, B>; indices: Tensor<Shape, 'int32'> } {
    requireKnownOptions('topk', options, ['axis', 'largest'])
    const { values, indices } = ops.topk(operandNode(this), k, options)
    return {
      values: this.derive(values, this) as Tensor<Shape, B>,
      indices: this.make(indices) as Tensor<Shape, 'int32'>,
    }
  }
}
