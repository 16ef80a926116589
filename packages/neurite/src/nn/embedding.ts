import { requireDType } from '../require-dtype.ts'
import { requireWhole } from '../option-checks.ts'
import type { Shape } from '../tensor/for-modules.ts'
import { embedding, type Tensor, where } from '../tensor/index.ts'
import { initialisedParameter } from './initial-values.ts'
import { Module } from './module.ts'
import { describeModule } from './module-names.ts'
import { requireKnownOptions, requireSize } from './options.ts'
import type { ShapeRule, shapes } from './shape-rules.ts'

export interface EmbeddingRule<Size extends number> extends ShapeRule {
  readonly output: this['input'] extends infer S extends Shape ? [...S, Size] : never
  readonly name: 'Embedding'
  readonly keeps: false
}

export interface EmbeddingOptions {
  /** The row for padding: it starts as zeros and gets no gradient. */
  readonly paddingIdx?: number
}

/**
 * A table of vectors: int32 numbers [...] become rows of `weight`, [..., embeddingDim] (torch.nn.Embedding). `weight` has
 * the shape [numEmbeddings, embeddingDim] and starts from the standard normal distribution. Numbers must lie between 0
 * and numEmbeddings - 1; `fit` checks them.
 *
 * @throws ArgumentError for sizes that are no whole numbers of at least 1, and a `paddingIdx` outside the table
 *
 * @example
 * ```ts
 * import { Embedding, tensor } from 'neurite'
 *
 * const words = new Embedding(1000, 16, { paddingIdx: 0 })
 * console.log(words.forward(tensor([[4, 7, 0]], { dtype: 'int32' })).shape) // → [ 1, 3, 16 ]
 * ```
 */
export class Embedding<Count extends number = number, Size extends number = number> extends Module {
  declare readonly [shapes]: EmbeddingRule<Size>
  readonly numEmbeddings: Count
  readonly embeddingDim: Size
  readonly paddingIdx: number | undefined
  weight: Tensor<[Count, Size], 'float32'>

  constructor(numEmbeddings: Count, embeddingDim: Size, options: EmbeddingOptions = {}) {
    super()
    requireKnownOptions('Embedding', options, ['paddingIdx'])
    requireSize('Embedding', 'numEmbeddings', numEmbeddings)
    requireSize('Embedding', 'embeddingDim', embeddingDim)
    this.numEmbeddings = numEmbeddings
    this.embeddingDim = embeddingDim
    this.paddingIdx = paddingRow(options.paddingIdx, numEmbeddings)
    const padding = this.paddingIdx
    this.weight = initialisedParameter([numEmbeddings, embeddingDim], (values, stream) => {
      stream.fillNormal(values)
      if (padding !== undefined) values.fill(0, padding * embeddingDim, (padding + 1) * embeddingDim)
    })
  }

  forward<S extends Shape>(x: Tensor<S>): Tensor<[...S, Size], 'float32'> {
    const indices: Tensor = x
    requireDType(describeModule(this), indices, ['int32', 'uint8'], 'numbers')
    const rows: Tensor = embedding(this.weight, indices)
    if (this.paddingIdx === undefined) return rows as Tensor<[...S, Size], 'float32'>
    const isPadding = indices.equal(this.paddingIdx).unsqueeze(-1)
    return where(isPadding, rows.detach(), rows) as Tensor<[...S, Size], 'float32'>
  }

  override describeOptions(): string {
    const padding = this.paddingIdx === undefined ? '' : `, paddingIdx: ${this.paddingIdx}`
    return `${this.numEmbeddings}, ${this.embeddingDim}${padding}`
  }
}

/** The padding row counted from the front. */
function paddingRow(row: number | undefined, count: number): number | undefined {
  if (row === undefined) return undefined
  requireWhole('Embedding', 'paddingIdx', row, -count, count - 1)
  return row < 0 ? row + count : row
}
