/** Losses that compare vectors with each other. */
import { requireNumber } from '../option-checks.ts'
import { ShapeError } from '../errors.ts'
import { equalShapes } from '../tensor/for-modules.ts'
import { type Tensor, where } from '../tensor/index.ts'
import { requireKnownOptions } from './options.ts'
import { checkLossOptions, type LossOptions, type LossResult, reduceLoss, requireAlike } from './reduction.ts'

export interface CosineSimilarityOptions {
  /** The axis of the vectors; default 1. */
  readonly axis?: number
  /** The least length that divides; default 1e-8. */
  readonly eps?: number
}

/**
 * The cosine of the angle between vectors along an axis (torch.nn.functional.cosine_similarity): 1 for the same direction,
 * 0 for a right angle, -1 for opposite directions. Shapes broadcast.
 *
 * @throws ShapeError where the shapes do not fit
 *
 * @example
 * ```ts
 * import { cosineSimilarity, tensor } from 'neurite'
 *
 * console.log(await cosineSimilarity(tensor([[1, 0], [1, 1]]), tensor([[0, 2], [2, 2]])).toText())
 * // → tensor([0.0000, 1.0000])
 * ```
 */
export function cosineSimilarity(a: Tensor, b: Tensor, options: CosineSimilarityOptions = {}): Tensor {
  requireKnownOptions('cosineSimilarity', options, ['axis', 'eps'])
  const { axis = 1, eps = 1e-8 } = options
  const squares = (x: Tensor): Tensor =>
    x
      .square()
      .sum(axis)
      .clamp({ min: eps * eps })
  return a.mul(b).sum(axis).mul(squares(a).rsqrt()).mul(squares(b).rsqrt())
}

export interface MarginOptions extends LossOptions {
  /** How far apart different vectors are wanted; default 1, for `cosineEmbeddingLoss` 0. */
  readonly margin?: number
}

/**
 * `1 - cosine` for pairs with target 1, `max(0, cosine - margin)` for pairs with target -1
 * (torch.nn.functional.cosine_embedding_loss). Pairs are [N, size] with targets [N], or [size] with a target [].
 *
 * @throws ShapeError where the shapes do not fit
 *
 * @example
 * ```ts
 * import { cosineEmbeddingLoss, tensor } from 'neurite'
 *
 * const [a, b] = [tensor([[1, 0], [1, 0]]), tensor([[0, 1], [1, 0]])]
 * console.log(await cosineEmbeddingLoss(a, b, tensor([1, -1])).item()) // → 1
 * ```
 */
export function cosineEmbeddingLoss<O extends MarginOptions = {}>(
  a: Tensor,
  b: Tensor,
  target: Tensor,
  options?: O,
): LossResult<O> {
  const chosen = options ?? ({} as O)
  checkLossOptions('cosineEmbeddingLoss', chosen, ['margin'])
  const { margin = 0 } = chosen
  requireNumber('cosineEmbeddingLoss', 'margin', margin, { least: -1, most: 1 })
  requirePairs('cosineEmbeddingLoss', a, b, target)
  const cosine = cosineSimilarity(a, b, { axis: -1 })
  const losses = where(target.greater(0), cosine.neg().add(1), cosine.sub(margin).relu())
  return reduceLoss(losses, chosen)
}

/**
 * `d^2 / 2` for pairs with target 1 (alike), `max(0, margin - d)^2 / 2` for pairs with target 0 (different), where `d` is
 * their distance (Hadsell, Chopra and LeCun, 2006). Pairs are [N, size] with targets [N], or [size] with a target [].
 *
 * @throws ShapeError where the shapes do not fit
 *
 * @example
 * ```ts
 * import { contrastiveLoss, tensor } from 'neurite'
 *
 * const [a, b] = [tensor([[0, 0], [0, 0]]), tensor([[3, 4], [0, 1]])]
 * console.log(await contrastiveLoss(a, b, tensor([1, 0]), { margin: 2, reduction: 'none' }).toText())
 * // → tensor([12.5000,  0.5000])
 * ```
 */
export function contrastiveLoss<O extends MarginOptions = {}>(
  a: Tensor,
  b: Tensor,
  target: Tensor,
  options?: O,
): LossResult<O> {
  const chosen = options ?? ({} as O)
  checkLossOptions('contrastiveLoss', chosen, ['margin'])
  const { margin = 1 } = chosen
  requireNumber('contrastiveLoss', 'margin', margin, { above: 0 })
  requirePairs('contrastiveLoss', a, b, target)
  const squares = a.sub(b).square().sum(-1)
  // The root has no derivative at 0.
  const distance = squares.clamp({ min: 1e-12 }).sqrt()
  const apart = distance.neg().add(margin).relu().square()
  return reduceLoss(where(target.greater(0), squares, apart).mul(0.5), chosen)
}

export interface TripletOptions extends MarginOptions {
  /** The norm of the distances; default 2. */
  readonly p?: number
  /** Added to differences, so that distances have derivatives; default 1e-6. */
  readonly eps?: number
  /** Uses the distance between positive and negative where it is the smaller one; default false. */
  readonly swap?: boolean
}

/**
 * `max(0, d(anchor, positive) - d(anchor, negative) + margin)` with the distance `d` of vectors [N, size] or [size]
 * (torch.nn.functional.triplet_margin_loss; Schroff, Kalenichenko and Philbin, 2015 use squares of it).
 *
 * @throws ShapeError unless all three have one shape
 *
 * @example
 * ```ts
 * import { tensor, tripletMarginLoss } from 'neurite'
 *
 * const [anchor, near, far] = [tensor([[0, 0]]), tensor([[0, 2]]), tensor([[2.5, 0]])]
 * console.log((await tripletMarginLoss(anchor, near, far).item()).toFixed(3)) // → 0.500
 * ```
 */
export function tripletMarginLoss<O extends TripletOptions = {}>(
  anchor: Tensor,
  positive: Tensor,
  negative: Tensor,
  options?: O,
): LossResult<O> {
  const chosen = options ?? ({} as O)
  checkLossOptions('tripletMarginLoss', chosen, ['margin', 'p', 'eps', 'swap'])
  const { margin = 1, p = 2, eps = 1e-6, swap = false } = chosen
  requireNumber('tripletMarginLoss', 'margin', margin, { above: 0 })
  requireNumber('tripletMarginLoss', 'p', p, { above: 0 })
  requireAlike('tripletMarginLoss', anchor, positive)
  requireAlike('tripletMarginLoss', anchor, negative)
  const distance = (a: Tensor, b: Tensor): Tensor => {
    const difference = a.sub(b).add(eps)
    if (p === 2) return difference.square().sum(-1).sqrt()
    const sizes = difference.abs()
    return p === 1
      ? sizes.sum(-1)
      : sizes
          .pow(p)
          .sum(-1)
          .pow(1 / p)
  }
  const far = distance(anchor, negative)
  const apart = swap ? far.minimum(distance(positive, negative)) : far
  return reduceLoss(distance(anchor, positive).sub(apart).add(margin).relu(), chosen)
}

function requirePairs(loss: string, a: Tensor, b: Tensor, target: Tensor): void {
  requireAlike(loss, a, b)
  if (a.rank > 0 && equalShapes(target.shape, a.shape.slice(0, -1))) return
  throw new ShapeError({
    what: `${loss}: the vectors have shape [${a.shape.join(', ')}], the targets [${target.shape.join(', ')}]`,
    expected: 'one target for each pair of vectors',
    fix: 'pass targets without the last axis of the vectors',
  })
}
