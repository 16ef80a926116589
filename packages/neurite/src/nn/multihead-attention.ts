import { requireDType } from '../require-dtype.ts'
import { ArgumentError } from '../errors.ts'
import { type Tensor, where } from '../tensor/index.ts'
import { attentionWeights } from './attention.ts'
import { Dropout } from './dropout.ts'
import { initialisedParameter } from './initial-values.ts'
import { constantValue, uniformWithin } from './initialisers.ts'
import { requireFloat32, shapeRefused } from './input-checks.ts'
import { Linear } from './linear.ts'
import { inSnakeCase, type Member } from './module-names.ts'
import { Module } from './module.ts'
import { requireKnownOptions, requireSize } from './options.ts'

export interface MultiheadAttentionOptions {
  /** The probability that a weight of the attention becomes 0 in training; default 0. */
  readonly dropout?: number
  /** Whether the four products have a bias; default true. */
  readonly bias?: boolean
  /** Sizes of keys and values; default `embedDim`. */
  readonly kdim?: number
  readonly vdim?: number
  /** Whether tensors are [batch, length, size]; default false: [length, batch, size]. */
  readonly batchFirst?: boolean
}

export interface MultiheadAttentionInput {
  /** [batch, S], bool: true for keys that nobody may look at, such as padding; float32: added to the scores. */
  readonly keyPaddingMask?: Tensor | undefined
  /** [L, S] or [batch heads, L, S], bool: true where a query may NOT look at a key; float32: added to the scores. */
  readonly attnMask?: Tensor | undefined
  /** Whether query i looks only at keys 0 to i; default false. */
  readonly isCausal?: boolean | undefined
  /** Whether the weights are given back; default true. */
  readonly needWeights?: boolean | undefined
  /** Whether the weights are the mean over the heads; default true. */
  readonly averageAttnWeights?: boolean | undefined
}

/**
 * Attention by several heads, each with a part of the size (torch.nn.MultiheadAttention; Vaswani and others, 2017).
 * Parameters are named and laid out as in PyTorch: `in_proj_weight` [3 embedDim, embedDim] with query, key and value one
 * above the other (or `q_proj_weight`, `k_proj_weight`, `v_proj_weight` where sizes differ), `in_proj_bias`,
 * `out_proj.weight`, `out_proj.bias`. Masks mean what they mean in PyTorch's module: true forbids.
 *
 * @throws ArgumentError where `numHeads` does not divide `embedDim`
 * @throws ShapeError where inputs do not have the sizes of the layer
 *
 * @example
 * ```ts
 * import { MultiheadAttention, zeros } from 'neurite'
 *
 * const attention = new MultiheadAttention(16, 4, { batchFirst: true })
 * const x = zeros([2, 10, 16])
 * const [output, weights] = attention.forward(x, x, x)
 * console.log(output.shape, weights?.shape) // → [ 2, 10, 16 ] [ 2, 10, 10 ]
 * ```
 */
export class MultiheadAttention extends Module {
  readonly embedDim: number
  readonly numHeads: number
  readonly kdim: number
  readonly vdim: number
  readonly batchFirst: boolean
  inProjWeight: Tensor | undefined
  qProjWeight: Tensor | undefined
  kProjWeight: Tensor | undefined
  vProjWeight: Tensor | undefined
  inProjBias: Tensor | undefined
  readonly outProj: Linear
  readonly dropout: Dropout

  constructor(embedDim: number, numHeads: number, options: MultiheadAttentionOptions = {}) {
    super()
    requireKnownOptions('MultiheadAttention', options, ['dropout', 'bias', 'kdim', 'vdim', 'batchFirst'])
    const { bias = true, kdim = embedDim, vdim = embedDim } = options
    for (const [name, size] of Object.entries({ embedDim, numHeads, kdim, vdim })) {
      requireSize('MultiheadAttention', name, size)
    }
    if (embedDim % numHeads !== 0) {
      throw new ArgumentError({
        what: `MultiheadAttention: ${numHeads} heads do not divide the size ${embedDim}`,
        expected: 'heads of equal size',
        fix: 'choose an embedDim that is a multiple of numHeads',
      })
    }
    this.embedDim = embedDim
    this.numHeads = numHeads
    this.kdim = kdim
    this.vdim = vdim
    this.batchFirst = options.batchFirst ?? false
    // The uniform distribution of Glorot and Bengio.
    const weight = (rows: number, columns: number): Tensor =>
      initialisedParameter([rows, columns], uniformWithin(Math.sqrt(6 / (rows + columns))))
    if (kdim === embedDim && vdim === embedDim) this.inProjWeight = weight(3 * embedDim, embedDim)
    else {
      this.qProjWeight = weight(embedDim, embedDim)
      this.kProjWeight = weight(embedDim, kdim)
      this.vProjWeight = weight(embedDim, vdim)
    }
    this.inProjBias = bias ? initialisedParameter([3 * embedDim], constantValue(0)) : undefined
    this.outProj = new Linear(embedDim, embedDim, { bias })
    if (this.outProj.bias !== undefined) this.outProj.bias = initialisedParameter([embedDim], constantValue(0))
    this.dropout = new Dropout(options.dropout ?? 0)
  }

  /**
   * Looks for each query at the keys, and gives the mean of the values: [batch, L, embedDim] (or without batchFirst
   * [L, batch, embedDim]; or all without the batch), and the weights [batch, L, S], per head [batch, heads, L, S].
   */
  forward(
    query: Tensor,
    key: Tensor = query,
    value: Tensor = key,
    input: MultiheadAttentionInput = {},
  ): [output: Tensor, weights: Tensor | undefined] {
    requireKnownOptions('MultiheadAttention.forward', input, INPUTS)
    const { embedDim, numHeads, batchFirst } = this
    const isBatch = query.rank === 3
    const [q, k, v] = this.projected(query, key, value)
    const [batch, queries] = [q.shape[0]!, q.shape[1]!]
    const keys = k.shape[1]!
    const heads = (x: Tensor): Tensor => x.reshape([batch, x.shape[1]!, numHeads, embedDim / numHeads]).transpose(1, 2)
    const attnMask = combined(this, input, [batch, numHeads, queries, keys])
    const looked = attentionWeights(heads(q), heads(k), { attnMask, isCausal: input.isCausal })
    const attention: Tensor = this.dropout.forward(looked)
    const seen = attention.matmul(heads(v))
    const together = this.outProj.forward(seen.transpose(1, 2).reshape([batch, queries, embedDim]))
    const output = !isBatch ? together.squeeze(0) : batchFirst ? together : together.transpose(0, 1)
    if (input.needWeights === false) return [output, undefined]
    const weights: Tensor = input.averageAttnWeights === false ? attention : attention.mean(1)
    return [output, isBatch ? weights : weights.squeeze(0)]
  }

  /** Queries, keys and values after their products, [batch, length, embedDim]. */
  private projected(query: Tensor, key: Tensor, value: Tensor): Tensors {
    const { embedDim, inProjWeight, inProjBias, kdim, vdim } = this
    const inputs = [query, key, value] as const
    const sizes = [embedDim, kdim, vdim]
    const rows = inputs.map((x, i) => {
      requireFloat32(this, x)
      const fits = x.rank === query.rank && (x.rank === 2 || x.rank === 3) && x.shape.at(-1) === sizes[i]
      const isPair = i < 2 || x.shape.at(this.lengthAxis(x)) === key.shape.at(this.lengthAxis(x))
      if (!fits || !isPair || x.shape.at(this.batchAxis(x)) !== query.shape.at(this.batchAxis(x))) {
        const layout = this.batchFirst ? 'batch, length' : 'length, batch'
        throw shapeRefused(
          this,
          x,
          `[${layout}, ${sizes[i]}], keys as long as values, one batch size`,
          `check the ${['query', 'key', 'value'][i]!} and batchFirst`,
        )
      }
      return x.rank === 2 ? x.unsqueeze(0) : this.batchFirst ? x : x.transpose(0, 1)
    })
    if (inProjWeight && key === query && value === query) {
      const product = rows[0]!.matmul(inProjWeight.t())
      return (inProjBias === undefined ? product : product.add(inProjBias)).split(embedDim, -1) as Tensors
    }
    const weights = inProjWeight?.split(embedDim) ?? [this.qProjWeight!, this.kProjWeight!, this.vProjWeight!]
    const biases = inProjBias?.split(embedDim)
    return rows.map((x, i) => {
      const product = x.matmul(weights[i]!.t())
      return biases === undefined ? product : product.add(biases[i]!)
    }) as Tensors
  }

  private lengthAxis(x: Tensor): number {
    return x.rank === 2 ? 0 : this.batchFirst ? 1 : 0
  }

  /** Where the batch is; without a batch the size, which is the same for all. */
  private batchAxis(x: Tensor): number {
    return x.rank === 2 ? 2 : this.batchFirst ? 0 : 1
  }

  /** @internal */
  override members(): Iterable<Member> {
    return inSnakeCase(super.members())
  }

  override describeOptions(): string {
    return `${this.embedDim}, ${this.numHeads}`
  }
}

type Tensors = [Tensor, Tensor, Tensor]

const INPUTS = ['keyPaddingMask', 'attnMask', 'isCausal', 'needWeights', 'averageAttnWeights']

/** Both masks as one that is added to the scores or says where a query may look; undefined where there is none. */
function combined(
  layer: Module,
  { keyPaddingMask, attnMask }: MultiheadAttentionInput,
  [batch, heads, queries, keys]: readonly [number, number, number, number],
): Tensor | undefined {
  const parts: Tensor[] = []
  if (attnMask !== undefined) {
    const isPerHead = attnMask.rank === 3
    const rows = isPerHead ? batch * heads : 1
    if (attnMask.size !== rows * queries * keys) {
      throw shapeRefused(
        layer,
        attnMask,
        `a mask [${queries}, ${keys}] or [${batch * heads}, ${queries}, ${keys}]`,
        FIX,
      )
    }
    parts.push(isPerHead ? attnMask.reshape([batch, heads, queries, keys]) : attnMask)
  }
  if (keyPaddingMask !== undefined) {
    if (keyPaddingMask.size !== batch * keys) {
      throw shapeRefused(layer, keyPaddingMask, `a padding mask [${batch}, ${keys}]`, FIX)
    }
    parts.push(keyPaddingMask.reshape([batch, 1, 1, keys]))
  }
  for (const mask of parts) requireDType('MultiheadAttention', mask, ['bool', 'float32'], 'a mask')
  if (parts.every(({ dtype }) => dtype === 'bool')) {
    return parts
      .map((mask) => (mask as Tensor<readonly number[], 'bool'>).logicalNot() as Tensor)
      .reduce(both, undefined)
  }
  const added = parts.map((mask) => (mask.dtype === 'bool' ? where(mask as never, -Infinity, 0) : mask))
  return added.reduce<Tensor | undefined>((sum, mask) => sum?.add(mask) ?? mask, undefined)
}

const FIX = 'make the mask for these queries and keys: true forbids'

function both(a: Tensor | undefined, b: Tensor): Tensor {
  return a === undefined ? b : a.logicalAnd(b as never)
}
