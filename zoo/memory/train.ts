import { Adam, crossEntropy, evaluate, fit, manualSeed } from 'neurite'
import type { TrainingEvent } from 'neurite'
import { firstBit } from 'neurite/data'
import { FirstBitNetwork } from './network.ts'
import type { Kind } from './network.ts'

export interface Trial {
  readonly kind: Kind
  /** How long the bit must be remembered. */
  readonly steps: number
  readonly forgetBias?: number
  readonly seed: number
}

export interface TrialOptions {
  readonly batchSize: number
  readonly signal?: AbortSignal
  readonly onTraining?: (event: TrainingEvent) => void
}

export interface Outcome extends Trial {
  readonly updates: number
  /** Over new sequences. */
  readonly accuracy: number
  readonly solved: boolean
  readonly model: FirstBitNetwork
}

/** After so many updates without success a network has failed. */
export const mostUpdates = 400
/** Updates in a row that must be right, all but one in two hundred sequences, before the training ends. */
const rightInRow = 5
const testSize = 1000
const solvedAt = 0.99

/** Trains with sequences that never come twice, until they are right or the updates are used up. */
export async function tryToRemember(trial: Trial, { batchSize, signal, onTraining }: TrialOptions): Promise<Outcome> {
  const { kind, steps, forgetBias, seed } = trial
  manualSeed(seed)
  const model = new FirstBitNetwork(kind, forgetBias)
  const samples = mostUpdates * batchSize
  let right = 0
  const { steps: updates } = await fit(model, firstBit({ samples, steps, seed }), {
    loss: crossEntropy,
    optimizer: new Adam(model, { learningRate: 0.01 }),
    clip: { norm: 1 },
    batchSize,
    shuffle: false,
    ...(signal === undefined ? {} : { signal }),
    onEvent(event) {
      onTraining?.(event)
      if (event.type !== 'step') return true
      right = event.accuracy! >= 0.995 ? right + 1 : 0
      return right < rightInRow
    },
  })
  const { accuracy = 0 } = await evaluate(model, firstBit({ samples: testSize, steps, seed, first: samples }), {
    loss: crossEntropy,
  })
  return { ...trial, updates, accuracy, solved: accuracy >= solvedAt, model }
}
