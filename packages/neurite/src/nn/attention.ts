import { requireDType } from '../require-dtype.ts'
import { ArgumentError } from '../errors.ts'
import { arange, type Tensor, where } from '../tensor/index.ts'
import { requireKnownOptions } from './options.ts'

export interface AttentionOptions {
  /**
   * Broadcasts to the scores [..., L, S]. bool: true where a query may look at a key. float32: added to the scores, with
   * -Infinity where it may not.
   */
  readonly attnMask?: Tensor | undefined
  /** Whether query i looks only at keys 0 to i; default false. */
  readonly isCausal?: boolean | undefined
  /** The factor of the products; default 1 / sqrt(E). */
  readonly scale?: number | undefined
}

/**
 * `softmax(query key^T / sqrt(E)) value` (torch.nn.functional.scaled_dot_product_attention; Vaswani and others, 2017):
 * for each query a mean of the values, weighted by how well its key fits. `query` is [..., L, E], `key` [..., S, E],
 * `value` [..., S, V]; the result is [..., L, V]. A query that may look at no key gives NaN, as in PyTorch.
 *
 * @throws ShapeError where the sizes do not fit
 * @throws ArgumentError for a mask together with `isCausal`
 *
 * @example
 * ```ts
 * import { scaledDotProductAttention, tensor } from 'neurite'
 *
 * const query = tensor([[10, 0], [0, 10]])
 * const key = tensor([[10, 0], [0, 10]])
 * const value = tensor([[1], [2]])
 * console.log(await scaledDotProductAttention(query, key, value).toText())
 * // → tensor([[1.],
 * // →         [2.]])
 * ```
 */
export function scaledDotProductAttention(
  query: Tensor,
  key: Tensor,
  value: Tensor,
  options: AttentionOptions = {},
): Tensor {
  requireKnownOptions('scaledDotProductAttention', options, ['attnMask', 'isCausal', 'scale'])
  const { attnMask, isCausal } = options
  if (attnMask !== undefined && isCausal === true) {
    throw new ArgumentError({
      what: 'scaledDotProductAttention: there are a mask and isCausal',
      expected: 'one of the two',
      fix: 'mask what comes later in attnMask as well, and leave isCausal out',
    })
  }
  return attentionWeights(query, key, options).matmul(value)
}

/** How much each query [..., L, E] looks at each key [..., S, E]: [..., L, S], rows that add up to 1. */
export function attentionWeights(query: Tensor, key: Tensor, options: AttentionOptions): Tensor {
  const { attnMask, isCausal, scale = 1 / Math.sqrt(query.shape.at(-1) ?? 1) } = options
  // The factor goes to the scores, which the softmax runs over anyway.
  let scores: Tensor = query.matmul(key.transpose(-1, -2)).mul(scale)
  if (isCausal === true) scores = masked(scores, causalMask(scores.shape.at(-2)!, scores.shape.at(-1)!))
  if (attnMask !== undefined) scores = masked(scores, attnMask)
  return scores.softmax(-1)
}

/** True where query i may look at key j: j <= i. */
function causalMask(queries: number, keys: number): Tensor {
  return arange(queries)
    .unsqueeze(-1)
    .greaterEqual(arange(keys) as never)
}

/** The scores with -Infinity where the mask is false, or plus a float32 mask. */
function masked(scores: Tensor, mask: Tensor): Tensor {
  requireDType('attention', mask, ['bool', 'float32'], 'a mask')
  if (mask.dtype === 'float32') return scores.add(mask)
  return where(mask as never, scores, -Infinity)
}
