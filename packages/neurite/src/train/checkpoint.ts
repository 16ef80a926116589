import type { DataLoader, LoaderState } from '../data/index.ts'
import { ArgumentError, StateError } from '../errors.ts'
import type { Network, StoredTensor } from '../nn/index.ts'
import type { AnyOptimizer, Scheduler, SchedulerState } from '../optim/index.ts'
import { type RandomState, randomState, setRandomState } from '../tensor/for-modules.ts'
import type { EpochRecord } from './events.ts'
import { type Snapshot, takeSnapshot } from './snapshot.ts'
import { decodeModel, encodeModel } from './stored-bytes.ts'

/** How far training has come. */
export interface Progress {
  /** Epochs that are finished. */
  epochs: number
  /** Steps since the start of training. */
  steps: number
  stepInEpoch: number
  /** Sums over the epoch so far. */
  sums: { examples: number; loss: number; gathered: Readonly<Record<string, readonly number[]>> }
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
  readonly accumulate: number
}

export interface TrainingParts {
  readonly model: Network
  readonly optimizer: AnyOptimizer
  readonly schedule: Scheduler | undefined
  readonly loader: DataLoader
  readonly accumulate: number
}

/** The weights of the best epoch, where they are to be put back. */
export type BestWeights = Snapshot['weights'] | ReadonlyMap<string, StoredTensor>

/** Everything that training needs to go on as if it had never stopped. */
export function saveCheckpoint(parts: TrainingParts, progress: Progress, best: BestWeights | undefined): Uint8Array {
  const { model, optimizer, schedule, loader } = parts
  const notes: TrainingNotes = {
    progress,
    ...(schedule === undefined ? {} : { schedule: schedule.stateDict() }),
    random: randomState(),
    loader: loader.state(),
    data: dataNotes(parts),
  }
  return encodeModel(takeSnapshot(model, optimizer), notes, best)
}

/**
 * Goes back to a checkpoint.
 *
 * @throws StateError for bytes without a checkpoint
 * @throws ArgumentError for other data, another order of them, or another schedule
 */
export function restoreCheckpoint(
  bytes: Uint8Array,
  parts: TrainingParts,
): { readonly progress: Progress; readonly best: BestWeights | undefined } {
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
  checkData(notes.data, dataNotes(parts))
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
  return { progress: notes.progress, best: stored.best }
}

function dataNotes({ loader, accumulate }: TrainingParts): DataNotes {
  const { dataset, batchSize, shuffle, seed, dropLast } = loader
  return { examples: dataset.length, batchSize, shuffle, seed, dropLast, accumulate }
}

function checkData(stored: DataNotes, present: DataNotes): void {
  for (const name of ['examples', 'batchSize', 'shuffle', 'seed', 'dropLast', 'accumulate'] as const) {
    if (stored[name] === present[name]) continue
    throw new ArgumentError({
      what: `fit: the checkpoint was made with ${name} ${String(stored[name])}, now it is ${String(present[name])}`,
      expected: 'the same data in the same order',
      fix: 'pass the data, batchSize, shuffle, seed and accumulate of the first call of fit',
    })
  }
}
