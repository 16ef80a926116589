/** What `fit` tells while it trains. Epochs and steps count from 1; times are seconds. */

/** Numbers of a part of the training: the loss, and every metric by name. */
export interface Scores {
  /** The mean loss over the examples. */
  readonly loss: number
  /** The means of all metrics over the examples. */
  readonly metrics: Readonly<Record<string, number>>
  /** The metric of this name, where there is one. */
  readonly accuracy?: number
}

/** One finished epoch. */
export interface EpochRecord extends Scores {
  readonly epoch: number
  /** After the epoch, over the validation data. */
  readonly validation?: Scores
  /** Of the last step. */
  readonly learningRate: number
  readonly seconds: number
  readonly examplesPerSecond: number
}

export interface StartEvent {
  readonly type: 'start'
  readonly epochs: number
  readonly stepsPerEpoch: number
  /** Examples per epoch. */
  readonly examples: number
  readonly batchSize: number
  /** How many numbers are trained. */
  readonly parameters: number
  /** Steps that were done before, when training is resumed. */
  readonly step: number
}

export interface StepEvent extends Scores {
  readonly type: 'step'
  readonly epoch: number
  readonly epochs: number
  /** Of all epochs. */
  readonly step: number
  readonly stepInEpoch: number
  readonly stepsPerEpoch: number
  /** The length of the gradient, before clipping; not there with `guard: false` and no clipping by norm. */
  readonly gradientNorm?: number
  readonly learningRate: number
  /** Over this call of `fit`. */
  readonly examplesPerSecond: number
  /** Since this call of `fit`. */
  readonly seconds: number
  /** Until the end, at the speed so far. */
  readonly secondsLeft: number
}

export interface EpochEvent extends EpochRecord {
  readonly type: 'epoch'
  readonly epochs: number
}

export interface ValidationEvent extends Scores {
  readonly type: 'validation'
  readonly epoch: number
}

export interface StoppedEvent {
  readonly type: 'stopped'
  /** Who asked: the abort signal, a callback that returned false, `stop()`, or no better epoch for a while. */
  readonly reason: 'signal' | 'callback' | 'stop' | 'earlyStopping'
  readonly epoch: number
  readonly step: number
}

export interface EndEvent {
  readonly type: 'end'
  readonly history: readonly EpochRecord[]
  readonly steps: number
  readonly seconds: number
  readonly stopped: boolean
}

export type TrainingEvent = StartEvent | StepEvent | EpochEvent | ValidationEvent | StoppedEvent | EndEvent
