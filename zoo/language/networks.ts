import {
  crossEntropy,
  Embedding,
  GRU,
  LayerNorm,
  Linear,
  LSTM,
  Module,
  parameter,
  RNN,
  TransformerEncoderLayer,
  zeros,
} from 'neurite'
import type { Tensor } from 'neurite'

/** Reads one token after the other, and says after each which comes next: [B, T] to [B, T, vocabulary]. */
export class RecurrentLanguageModel extends Module {
  readonly embedding: Embedding
  readonly recurrent: RNN | LSTM | GRU
  readonly output: Linear

  constructor(vocabulary: number, recurrent: RNN | LSTM | GRU) {
    super()
    this.embedding = new Embedding(vocabulary, recurrent.inputSize)
    this.recurrent = recurrent
    this.output = new Linear(recurrent.hiddenSize, vocabulary)
  }

  forward(x: Tensor): Tensor {
    const [states] = this.recurrent.forward(this.embedding.forward(x))
    return this.output.forward(states)
  }

  /** One step further: the scores of the next token, and the state from there. */
  advance(x: Tensor, state: readonly Tensor[] | undefined): { readonly scores: Tensor; readonly state: Tensor[] } {
    const embedded: Tensor = this.embedding.forward(x)
    const { recurrent } = this
    if (recurrent instanceof LSTM) {
      const [states, next] = recurrent.forward(embedded, state as readonly [Tensor, Tensor] | undefined)
      return { scores: this.output.forward(states), state: next }
    }
    const [states, next] = recurrent.forward(embedded, state?.[0])
    return { scores: this.output.forward(states), state: [next] }
  }
}

export type RecurrentKind = 'RNN' | 'LSTM' | 'GRU'

export interface RecurrentSizes {
  readonly embeddingSize: number
  readonly hiddenSize: number
}

export function recurrentLanguageModel(
  kind: RecurrentKind,
  vocabulary: number,
  { embeddingSize, hiddenSize }: RecurrentSizes,
): RecurrentLanguageModel {
  const Layer = { RNN, LSTM, GRU }[kind]
  return new RecurrentLanguageModel(vocabulary, new Layer(embeddingSize, hiddenSize, { batchFirst: true }))
}

/** The sizes of the network whose speed the benchmark measures as T7. */
export const transformerSizes = { width: 128, heads: 4, layers: 2, steps: 64 }

/** Each place looks at those before it: [B, T] to [B, T, vocabulary]. */
export class TransformerLanguageModel extends Module {
  readonly embedding: Embedding
  readonly position: Tensor
  readonly layers: readonly TransformerEncoderLayer[]
  readonly norm: LayerNorm
  readonly output: Linear

  constructor(vocabulary: number, { width, heads, layers, steps }: typeof transformerSizes) {
    super()
    const options = { dimFeedforward: 4 * width, dropout: 0, batchFirst: true, normFirst: true }
    this.embedding = new Embedding(vocabulary, width)
    this.position = parameter(zeros([steps, width]))
    this.layers = Array.from({ length: layers }, () => new TransformerEncoderLayer(width, heads, options))
    this.norm = new LayerNorm(width)
    this.output = new Linear(width, vocabulary)
  }

  /** The longest text that it can look at. */
  get steps(): number {
    return this.position.shape[0]!
  }

  forward(x: Tensor): Tensor {
    let hidden: Tensor = this.embedding.forward(x).add(this.position.slice(0, 0, x.shape[1]))
    for (const layer of this.layers) hidden = layer.forward(hidden, { isCausal: true })
    return this.output.forward(this.norm.forward(hidden))
  }
}

export type LanguageModel = RecurrentLanguageModel | TransformerLanguageModel

/** The mean cross-entropy over all places: nats per token. */
export function languageLoss(output: Tensor, target: Tensor): Tensor {
  return crossEntropy(output.reshape([-1, output.shape.at(-1)!]), target.flatten())
}
