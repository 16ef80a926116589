import { crossEntropy, fromData, LSTMCell, parameter, RNNCell, scan, zeros } from 'neurite'
import type { Tensor } from 'neurite'
import { DataLoader, firstBit } from 'neurite/data'
import { hiddenSize } from './network.ts'
import type { FirstBitNetwork } from './network.ts'

/**
 * How much of the blame reaches each time step: the length of the gradient of the loss with respect to the state after it
 * (hidden state, with the LSTM also the cell), the first step first. The loss is that of a batch of sequences of `steps` bits.
 */
export async function blamePerStep(model: FirstBitNetwork, steps: number, seed: number): Promise<number[]> {
  const samples = 32
  const batch = [...new DataLoader(firstBit({ samples, steps, seed }), { batchSize: samples })][0]!
  const inputs = fromData(batch.inputs, [samples, steps, 1]) as unknown as Tensor
  const target = fromData(batch.targets, [samples]) as unknown as Tensor
  // The layer as single steps, so that something can be added between them.
  const cell = cellOf(model)
  const parts = cell instanceof LSTMCell ? 2 : 1
  // The gradient of a zero that is added to a state is the gradient of that state.
  const added = Array.from({ length: parts }, (): Tensor => parameter(zeros([steps, samples, hiddenSize])))
  const { carries } = scan(
    (state, [x, ...zero]) => {
      const next = cell instanceof LSTMCell ? cell.forward(x!, [state[0]!, state[1]!]) : [cell.forward(x!, state[0])]
      return { carries: next.map((part, i) => part.add(zero[i]!)) }
    },
    {
      carries: added.map((): Tensor => zeros([samples, hiddenSize])),
      sequences: [inputs.transpose(0, 1), ...added],
    },
  )
  crossEntropy(model.output.forward(carries[0]!), target).backward()
  const squares = added.map(({ grad }): Tensor => grad!.square().sum([1, 2]))
  return Array.from(
    await squares
      .reduce((a, b) => a.add(b))
      .sqrt()
      .data(),
  )
}

function cellOf({ recurrent }: FirstBitNetwork): RNNCell | LSTMCell {
  const cell = recurrent.typeName === 'LSTM' ? new LSTMCell(1, hiddenSize) : new RNNCell(1, hiddenSize)
  const weights = Array.from(recurrent.stateDict(), ([name, value]) => [name.replace('_l0', ''), value] as const)
  cell.loadStateDict(Object.fromEntries(weights))
  return cell
}
