import type { DataLoader, LoaderState } from '../data/index.ts'
import { ArgumentError, StateError } from '../errors.ts'
import type { Network } from '../nn/index.ts'
import type { AnyOptimizer, Scheduler, SchedulerState } from '../optim/index.ts'
import { type RandomState, randomState, setRandomState } from '../tensor/for-modules.ts'
import type { EpochRecord } from './events.ts'
import { takeSnapshot } from './snapshot.ts'
import { decodeModel, encodeModel } from './stored-bytes.ts'

/** How far training has come. */
export interface Progress {
  /** Epochs that are finished. */
  epochs: number
  /** Steps since the start of training. */
  steps: number
  stepInEpoch: number
  /** Sums over the epoch so far. */
  sums: { examples: number; loss: number; metrics: Readonly<Record<string, number>> }
  /** Seconds since the start of this epoch, and of training, in earlier calls of `fit`. */
  secondsInEpoch: number
  history: EpochRecord[]
}

interface TrainingNotes {
  readonly progress: Progress
  readonly schedule?: SchedulerState
  readonly random: RandomState
  readonly loader: LoaderState
  readonly data: DataNotes
}

/** What decides the order of the data. */
interface DataNotes {
  readonly examples: number
  readonly batchSize: number
  readonly shuffle: boolean
  readonly seed: number
  readonly dropLast: boolean
}

export interface TrainingParts {
  readonly model: Network
  readonly optimizer: AnyOptimizer
  readonly schedule: Scheduler | undefined
  readonly loader: DataLoader
}

/** Everything that training needs to go on as if it had never stopped. */
export function saveCheckpoint({ model, optimizer, schedule, loader }: TrainingParts, progress: Progress): Uint8Array {
  const notes: TrainingNotes = {
    progress,
    ...(schedule === undefined ? {} : { schedule: schedule.stateDict() }),
    random: randomState(),
    loader: loader.state(),
    data: dataNotes(loader),
  }
  return encodeModel(takeSnapshot(model, optimizer), notes)
}

/**
 * Goes back to a checkpoint.
 *
 * @throws StateError for bytes without a checkpoint
 * @throws ArgumentError for other data, another order of them, or another schedule
 */
export function restoreCheckpoint(bytes: Uint8Array, parts: TrainingParts): Progress {
  const { model, optimizer, schedule, loader } = parts
  const stored = decodeModel(bytes)
  if (stored.training === undefined || stored.optimizer === undefined) {
    throw new StateError({
      what: 'fit: the bytes given as resumeFrom hold no checkpoint',
      expected: 'bytes that checkpoint() of a training gave',
      fix: 'load a stored model with importState instead, and train without resumeFrom',
    })
  }
  const notes = stored.training as TrainingNotes
  checkData(notes.data, dataNotes(loader))
  if ((notes.schedule === undefined) !== (schedule === undefined)) {
    throw new ArgumentError({
      what: `fit: the checkpoint was made ${notes.schedule === undefined ? 'without' : 'with'} a schedule`,
      expected: 'the same schedule as before',
      fix: 'pass what was passed to the first call of fit',
    })
  }
  model.loadStateDict(stored.weights)
  optimizer.loadStateDict(stored.optimizer)
  if (notes.schedule !== undefined) schedule!.loadStateDict(notes.schedule)
  setRandomState(notes.random)
  loader.restore(notes.loader)
  return notes.progress
}

function dataNotes({ dataset, batchSize, shuffle, seed, dropLast }: DataLoader): DataNotes {
  return { examples: dataset.length, batchSize, shuffle, seed, dropLast }
}

function checkData(stored: DataNotes, present: DataNotes): void {
  for (const name of ['examples', 'batchSize', 'shuffle', 'seed', 'dropLast'] as const) {
    if (stored[name] === present[name]) continue
    throw new ArgumentError({
      what: `fit: the checkpoint was made with ${name} ${String(stored[name])}, now it is ${String(present[name])}`,
      expected: 'the same data in the same order',
      fix: 'pass the data, batchSize, shuffle and seed of the first call of fit',
    })
  }
}
