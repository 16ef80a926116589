import { ShapeError } from '../errors.ts'
import type { DType, Shape } from '../graph/node.ts'
import { requireKnownOptions } from '../known-options.ts'
import * as ops from '../ops/index.ts'
import { unary } from './apply.ts'
import { checkDType } from './check-dtype.ts'
import { ReductionMethods } from './reduction-methods.ts'
import type { Mutable, Resolved, Transposed } from './shape-types.ts'
import type { Tensor } from './tensor.ts'

/** Other shapes over the same elements; nothing is copied where strides can say it. */
export abstract class MovementMethods extends ReductionMethods {
  /**
   * The same elements in another shape; one dimension may be -1 and is found from the others (torch.reshape).
   *
   * @throws ShapeError where the numbers of elements differ
   *
   * @example
   * ```ts
   * import { zeros } from 'neurite'
   *
   * console.log(zeros([2, 6]).reshape([3, -1]).shape) // → [ 3, 4 ]
   * ```
   */
  reshape<const N extends Shape, B extends DType>(this: Tensor<Shape, B>, shape: N): Tensor<Resolved<N>, B> {
    return unary(this, (x) => ops.reshape(x, shape))
  }

  /**
   * The same as `reshape` (Tensor.view of PyTorch).
   *
   * @example
   * ```ts
   * import { zeros } from 'neurite'
   *
   * console.log(zeros([2, 6]).view([12]).shape) // → [ 12 ]
   * ```
   */
  view<const N extends Shape, B extends DType>(this: Tensor<Shape, B>, shape: N): Tensor<Resolved<N>, B> {
    return unary(this, (x) => ops.reshape(x, shape))
  }

  /**
   * The axes in another order: the new axis i is the old axis `order[i]` (torch.permute).
   *
   * @example
   * ```ts
   * import { zeros } from 'neurite'
   *
   * console.log(zeros([2, 3, 4]).permute([2, 0, 1]).shape) // → [ 4, 2, 3 ]
   * ```
   */
  permute<B extends DType>(this: Tensor<Shape, B>, order: readonly number[]): Tensor<Shape, B> {
    return unary(this, (x) => ops.permute(x, order))
  }

  /**
   * Two axes swapped (torch.transpose).
   *
   * @example
   * ```ts
   * import { zeros } from 'neurite'
   *
   * console.log(zeros([2, 3, 4]).transpose(0, -1).shape) // → [ 4, 3, 2 ]
   * ```
   */
  transpose<B extends DType>(this: Tensor<Shape, B>, axis0: number, axis1: number): Tensor<Shape, B> {
    return unary(this, (x) => ops.transpose(x, axis0, axis1))
  }

  /**
   * The transposed matrix; vectors and scalars stay as they are (torch.t).
   *
   * @throws ShapeError for more than two dimensions
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([[1, 2], [3, 4]]).t().toArray()) // → [ [ 1, 3 ], [ 2, 4 ] ]
   * ```
   */
  t<A extends Shape, B extends DType>(this: Tensor<A, B>): Tensor<Transposed<A>, B> {
    const rank = this.shape.length
    if (rank > 2) {
      throw new ShapeError({
        what: `t: the tensor has shape [${this.shape.join(', ')}]`,
        expected: 'at most two dimensions',
        fix: 'name the two axes with transpose(axis0, axis1)',
      })
    }
    return unary(this, (x) => (rank === 2 ? ops.transpose(x, 0, 1) : x))
  }

  /**
   * A dimension of size 1 inserted before `axis` (torch.unsqueeze).
   *
   * @example
   * ```ts
   * import { zeros } from 'neurite'
   *
   * console.log(zeros([2, 3]).unsqueeze(1).shape) // → [ 2, 1, 3 ]
   * ```
   */
  unsqueeze<B extends DType>(this: Tensor<Shape, B>, axis: number): Tensor<Shape, B> {
    return unary(this, (x) => ops.unsqueeze(x, axis))
  }

  /**
   * Without the dimensions of size 1, or without `axis` if it has size 1 (torch.squeeze).
   *
   * @example
   * ```ts
   * import { zeros } from 'neurite'
   *
   * console.log(zeros([1, 3, 1]).squeeze().shape) // → [ 3 ]
   * ```
   */
  squeeze<B extends DType>(this: Tensor<Shape, B>, axis?: number): Tensor<Shape, B> {
    return unary(this, (x) => ops.squeeze(x, axis))
  }

  /**
   * The axes from `startAxis` to `endAxis` made one (torch.flatten).
   *
   * @example
   * ```ts
   * import { zeros } from 'neurite'
   *
   * console.log(zeros([8, 1, 28, 28]).flatten(1).shape) // → [ 8, 784 ]
   * ```
   */
  flatten<B extends DType>(this: Tensor<Shape, B>, startAxis = 0, endAxis = -1): Tensor<Shape, B> {
    return unary(this, (x) => ops.flatten(x, startAxis, endAxis))
  }

  /**
   * Dimensions of size 1 repeated to `shape`, without a copy; -1 keeps a size (Tensor.expand).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([[1], [2]]).expand([-1, 3]).toArray()) // → [ [ 1, 1, 1 ], [ 2, 2, 2 ] ]
   * ```
   */
  expand<const N extends Shape, B extends DType>(this: Tensor<Shape, B>, shape: N): Tensor<Resolved<N>, B> {
    return unary(this, (x) => ops.expand(x, shape))
  }

  /**
   * Repeated to a shape that it broadcasts to (torch.broadcast_to).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([1, 2]).broadcastTo([2, 2]).toArray()) // → [ [ 1, 2 ], [ 1, 2 ] ]
   * ```
   */
  broadcastTo<const N extends Shape, B extends DType>(this: Tensor<Shape, B>, shape: N): Tensor<Mutable<N>, B> {
    return unary(this, (x) => ops.expand(x, shape))
  }

  /**
   * The order of elements reversed along `axes` (torch.flip).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([1, 2, 3]).flip(0).toText()) // → tensor([3., 2., 1.])
   * ```
   */
  flip<A extends Shape, B extends DType>(this: Tensor<A, B>, axes: readonly number[] | number): Tensor<A, B> {
    return unary(this, (x) => ops.flip(x, typeof axes === 'number' ? [axes] : axes))
  }

  /**
   * Elements of one value added around the tensor, per axis (torch.nn.functional.pad); negative numbers cut off.
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([1, 2]).pad({ before: [1], after: [2], value: 9 }).toText())
   * // → tensor([9., 1., 2., 9., 9.])
   * ```
   */
  pad<B extends DType>(
    this: Tensor<Shape, B>,
    options: { readonly before: readonly number[]; readonly after: readonly number[]; readonly value?: number },
  ): Tensor<Shape, B> {
    requireKnownOptions('pad', options, ['before', 'after', 'value'])
    return unary(this, (x) => ops.pad(x, options))
  }

  /**
   * Parts along `axis`: of `size` elements each (the last may be smaller), or of the listed sizes (torch.split).
   *
   * @throws ArgumentError where the sizes do not add up
   *
   * @example
   * ```ts
   * import { zeros } from 'neurite'
   *
   * console.log(zeros([5, 2]).split(2).map((part) => part.shape[0])) // → [ 2, 2, 1 ]
   * ```
   */
  split<B extends DType>(this: Tensor<Shape, B>, size: number | readonly number[], axis = 0): Tensor<Shape, B>[] {
    return ops.split(this.node, size, axis).map((_, i) => unary(this, (x) => ops.split(x, size, axis)[i]!))
  }

  /**
   * Sliding windows of `size` elements along `axis`, `step` apart, in a new last axis; nothing is copied (Tensor.unfold).
   *
   * @throws ShapeError for a window larger than the axis
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([1, 2, 3, 4]).unfold(0, 2, 1).toArray()) // → [ [ 1, 2 ], [ 2, 3 ], [ 3, 4 ] ]
   * ```
   */
  unfold<B extends DType>(this: Tensor<Shape, B>, axis: number, size: number, step: number): Tensor<Shape, B> {
    return unary(this, (x) => ops.windows(x, { axis, size, stride: step }))
  }

  /**
   * The lower triangle of matrices, 0 above `diagonal` (torch.tril).
   *
   * @example
   * ```ts
   * import { ones } from 'neurite'
   *
   * console.log(await ones([3, 3]).tril().toArray()) // → [ [ 1, 0, 0 ], [ 1, 1, 0 ], [ 1, 1, 1 ] ]
   * ```
   */
  tril<A extends Shape, B extends DType>(this: Tensor<A, B>, diagonal = 0): Tensor<A, B> {
    return unary(this, (x) => ops.tril(x, diagonal))
  }

  /**
   * The upper triangle of matrices, 0 below `diagonal` (torch.triu).
   *
   * @example
   * ```ts
   * import { ones } from 'neurite'
   *
   * console.log(await ones([2, 2]).triu(1).toArray()) // → [ [ 0, 1 ], [ 0, 0 ] ]
   * ```
   */
  triu<A extends Shape, B extends DType>(this: Tensor<A, B>, diagonal = 0): Tensor<A, B> {
    return unary(this, (x) => ops.triu(x, diagonal))
  }

  /**
   * The same values as another dtype; gradients pass only from float32 to float32 (Tensor.to).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([1.7, -1.7]).to('int32').toText()) // → tensor([ 1, -1], dtype=int32)
   * ```
   */
  to<A extends Shape, const N extends DType>(this: Tensor<A>, dtype: N): Tensor<A, N> {
    checkDType(dtype)
    return unary(this, (x) => ops.cast(x, dtype))
  }
}
