import { currentSeed, fromData, initialise, Linear, LSTM, Module, RandomStream, RNN } from 'neurite'
import type { Tensor } from 'neurite'
import { orthogonalBlocks } from './orthogonal.ts'

export const hiddenSize = 16

export type Kind = 'RNN' | 'LSTM'

/**
 * Reads a sequence of bits, and says at its end which one came first: [B, T, 1] to [B, 2]. Both kinds get the best start
 * for remembering: recurrent weights that keep the length of the state, and small input weights.
 */
export class FirstBitNetwork extends Module {
  readonly recurrent: RNN | LSTM
  readonly output = new Linear(hiddenSize, 2)

  /** @param forgetBias of the LSTM: with 4 its forget gates begin open, so that it remembers for about 55 steps */
  constructor(kind: Kind, forgetBias = 0) {
    super()
    const options = { batchFirst: true }
    this.recurrent =
      kind === 'RNN' ? new RNN(1, hiddenSize, options) : new LSTM(1, hiddenSize, { ...options, forgetBias })
    const {
      weight_ih_l0: input,
      weight_hh_l0: recurrent,
      ...biases
    } = Object.fromEntries(this.recurrent.namedParameters()) as Record<string, Tensor>
    initialise.normal(input!, { standardDeviation: 0.3 })
    const gates = recurrent!.shape[0]! / hiddenSize
    const blocks = orthogonalBlocks(new RandomStream(currentSeed(), 'orthogonal'), hiddenSize, gates)
    this.recurrent.loadStateDict({ weight_hh_l0: fromData(blocks, recurrent!.shape) as Tensor }, { strict: false })
    if (kind === 'RNN') for (const bias of Object.values(biases)) initialise.zeros(bias)
  }

  forward(x: Tensor): Tensor {
    const [outputs] = this.recurrent.forward(x)
    return this.output.forward(outputs.at(null, -1))
  }
}
