import type { Batch } from '../data/index.ts'
import { fromData, type Tensor } from '../tensor/index.ts'

/** The inputs and targets of a batch, over its own arrays. */
export function batchTensors({ inputs, targets, inputShape, targetShape }: Batch): readonly [Tensor, Tensor] {
  return [fromData(inputs, inputShape), fromData(targets, targetShape)]
}

/** The only number of a tensor whose values are there already. */
export function numberOf(tensor: Tensor): number {
  return tensor.hostValues()[0]!
}
