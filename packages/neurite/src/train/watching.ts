import type { EpochRecord } from './events.ts'

/** Which number tells the best epoch. */
export interface Watch {
  /**
   * `loss` or a metric such as `accuracy`, or one of the validation such as `validation.accuracy`. By default
   * `validation.loss`, without validation `loss`.
   */
  readonly monitor?: string
  /** Whether the number is to fall or to rise; by default losses, errors and the perplexity fall, all else rises. */
  readonly mode?: 'min' | 'max'
  /** How much better counts as better; default 0. */
  readonly minDelta?: number
}

/** When to end a training early. */
export interface EarlyStopping extends Watch {
  /** Epochs without a better one that end the training; default 3. */
  readonly patience?: number
  /** Whether the model gets the weights of the best epoch at the end; default true. */
  readonly restoreBest?: boolean
}

/** Takes the bytes of a checkpoint, for `resumeFrom`; waited for. */
export type SaveCheckpoint = (bytes: Uint8Array, record: EpochRecord | undefined) => unknown

/** Who gets checkpoints. */
export interface Checkpoints extends Watch {
  /** After each epoch, and where the training is stopped in the middle of one. */
  readonly last?: SaveCheckpoint
  /** After each epoch that is better than all before. */
  readonly best?: SaveCheckpoint
}
