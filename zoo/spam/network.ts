import { Dropout, Embedding, initialise, Linear, Module } from 'neurite'
import type { Tensor } from 'neurite'

/** The mean of the vectors of all features of a message, and a hidden layer on top of it: [B, features] to [B, 2]. */
export class SpamNetwork extends Module {
  readonly embedding: Embedding
  readonly dropout = new Dropout(0.3)
  readonly hidden: Linear
  readonly output: Linear

  constructor(vocabulary: number, { embeddingSize, hiddenSize }: { embeddingSize: number; hiddenSize: number }) {
    super()
    this.embedding = new Embedding(vocabulary, embeddingSize)
    // Words that come rarely keep their first vectors, which should say little.
    initialise.normal(this.embedding.weight, { standardDeviation: 0.1 })
    this.hidden = new Linear(embeddingSize, hiddenSize)
    this.output = new Linear(hiddenSize, 2)
  }

  forward(x: Tensor): Tensor {
    const known: Tensor = x.greater(0).to('float32')
    const vectors: Tensor = this.embedding.forward(x)
    const sum = vectors.mul(known.unsqueeze(-1)).sum(1)
    const mean: Tensor = sum.div(known.sum(1, { keepDim: true }).maximum(1))
    return this.output.forward(this.hidden.forward(this.dropout.forward(mean)).relu())
  }
}
