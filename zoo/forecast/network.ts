import { Linear, LSTM, Module } from 'neurite'
import type { Tensor } from 'neurite'

/** Reads the past [B, T, columns], and says how the first column goes on: its last value and a change of it, [B, 1]. */
export class ForecastNetwork extends Module {
  readonly recurrent: LSTM
  readonly output: Linear

  constructor(columns: number, hiddenSize: number) {
    super()
    this.recurrent = new LSTM(columns, hiddenSize, { batchFirst: true, forgetBias: 1 })
    this.output = new Linear(hiddenSize, 1)
  }

  forward(x: Tensor): Tensor {
    const [outputs] = this.recurrent.forward(x)
    const change = this.output.forward(outputs.at(null, -1))
    return x.at(null, -1).slice(1, 0, 1).add(change)
  }
}
