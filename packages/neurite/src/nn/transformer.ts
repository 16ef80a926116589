import { ArgumentError } from '../errors.ts'
import type { Tensor } from '../tensor/index.ts'
import { Dropout } from './dropout.ts'
import { LayerNorm } from './layer-norm.ts'
import { Linear } from './linear.ts'
import { inSnakeCase, type Member } from './module-names.ts'
import { Module } from './module.ts'
import { MultiheadAttention } from './multihead-attention.ts'
import { requireKnownOptions } from './options.ts'

export interface TransformerEncoderLayerOptions {
  /** The size between the two linear layers; default 2048. */
  readonly dimFeedforward?: number
  /** Of the attention, between the linear layers and after both halves; default 0.1. */
  readonly dropout?: number
  /** Between the linear layers; default 'relu'. */
  readonly activation?: 'relu' | 'gelu' | ((x: Tensor) => Tensor)
  /** Default 1e-5. */
  readonly layerNormEps?: number
  /** Whether tensors are [batch, length, size]; default false: [length, batch, size]. */
  readonly batchFirst?: boolean
  /** Whether the norms stand before attention and linear layers instead of after them; default false. */
  readonly normFirst?: boolean
}

export interface TransformerEncoderInput {
  /** [L, L], bool: true where an element may NOT look at another; float32: added to the scores. */
  readonly srcMask?: Tensor | undefined
  /** [batch, L], bool: true for padding. */
  readonly srcKeyPaddingMask?: Tensor | undefined
  /** Whether each element looks only at itself and those before; default false. */
  readonly isCausal?: boolean | undefined
}

const KNOWN = ['dimFeedforward', 'dropout', 'activation', 'layerNormEps', 'batchFirst', 'normFirst']

/**
 * Self-attention and two linear layers, each with a residual connection and a LayerNorm (torch.nn.TransformerEncoderLayer;
 * Vaswani and others, 2017). With `isCausal` it is the block of a language model. Parameters are named as in PyTorch:
 * `self_attn.in_proj_weight`, `linear1.weight`, `norm1.weight` and so on.
 *
 * @throws ArgumentError where `nhead` does not divide `dModel`
 *
 * @example
 * ```ts
 * import { TransformerEncoderLayer, zeros } from 'neurite'
 *
 * const block = new TransformerEncoderLayer(16, 4, { dimFeedforward: 32, batchFirst: true, normFirst: true })
 * console.log(block.forward(zeros([2, 10, 16]), { isCausal: true }).shape) // → [ 2, 10, 16 ]
 * ```
 */
export class TransformerEncoderLayer extends Module {
  readonly selfAttn: MultiheadAttention
  readonly linear1: Linear
  readonly dropout: Dropout
  readonly linear2: Linear
  readonly norm1: LayerNorm
  readonly norm2: LayerNorm
  readonly dropout1: Dropout
  readonly dropout2: Dropout
  readonly normFirst: boolean
  private readonly activation: (x: Tensor) => Tensor

  constructor(dModel: number, nhead: number, options: TransformerEncoderLayerOptions = {}) {
    super()
    requireKnownOptions('TransformerEncoderLayer', options, KNOWN)
    const { dimFeedforward = 2048, dropout = 0.1, layerNormEps: eps = 1e-5, batchFirst = false } = options
    this.selfAttn = new MultiheadAttention(dModel, nhead, { dropout, batchFirst })
    this.linear1 = new Linear(dModel, dimFeedforward)
    this.dropout = new Dropout(dropout)
    this.linear2 = new Linear(dimFeedforward, dModel)
    this.norm1 = new LayerNorm(dModel, { eps })
    this.norm2 = new LayerNorm(dModel, { eps })
    this.dropout1 = new Dropout(dropout)
    this.dropout2 = new Dropout(dropout)
    this.normFirst = options.normFirst ?? false
    this.activation = activationOf(options.activation ?? 'relu')
  }

  forward(x: Tensor, input: TransformerEncoderInput = {}): Tensor {
    requireKnownOptions('TransformerEncoderLayer.forward', input, ['srcMask', 'srcKeyPaddingMask', 'isCausal'])
    if (this.normFirst) {
      const seen = x.add(this.attend(this.norm1.forward(x), input))
      return seen.add(this.think(this.norm2.forward(seen)))
    }
    const seen = this.norm1.forward(x.add(this.attend(x, input)))
    return this.norm2.forward(seen.add(this.think(seen)))
  }

  private attend(x: Tensor, { srcMask, srcKeyPaddingMask, isCausal }: TransformerEncoderInput): Tensor {
    const masks = { attnMask: srcMask, keyPaddingMask: srcKeyPaddingMask, isCausal }
    return this.dropout1.forward(this.selfAttn.forward(x, x, x, { ...masks, needWeights: false })[0])
  }

  private think(x: Tensor): Tensor {
    const hidden = this.dropout.forward(this.activation(this.linear1.forward(x)))
    return this.dropout2.forward(this.linear2.forward(hidden as Tensor))
  }

  /** @internal */
  override members(): Iterable<Member> {
    return inSnakeCase(super.members())
  }

  override describeOptions(): string {
    return `${this.selfAttn.describeOptions()}, dimFeedforward: ${this.linear1.outFeatures}`
  }
}

function activationOf(activation: 'relu' | 'gelu' | ((x: Tensor) => Tensor)): (x: Tensor) => Tensor {
  if (typeof activation === 'function') return activation
  if (activation === 'relu') return (x) => x.relu()
  if (activation === 'gelu') return (x) => x.gelu()
  throw new ArgumentError({
    what: `TransformerEncoderLayer: the activation is '${String(activation satisfies never)}'`,
    expected: "'relu', 'gelu' or a function",
    fix: 'use one of these',
  })
}
