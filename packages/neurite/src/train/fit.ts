import type { DataLoader, Dataset } from '../data/index.ts'
import { ArgumentError } from '../errors.ts'
import { Module, type Network } from '../nn/index.ts'
import { requireKnownOptions, requireSize } from '../nn/options.ts'
import type { AnyOptimizer, Scheduler } from '../optim/index.ts'
import { currentSeed } from '../tensor/for-modules.ts'
import { isLoader, requireData, requireLoss } from './checks.ts'
import type { Loss } from './evaluate.ts'
import type { Metrics } from './metrics.ts'
import { Training, type Listener } from './training.ts'
import type { Clip } from './training-step.ts'
import type { Checkpoints, EarlyStopping } from './watching.ts'
import { loadWithDevice } from './load.ts'

export interface FitOptions {
  /** Compares output and target, such as `crossEntropy`. */
  readonly loss: Loss
  /** What moves the parameters, such as `new Adam(model)`. */
  readonly optimizer: AnyOptimizer
  /** How often all data are gone through, in all; default 1. */
  readonly epochs?: number
  /** Examples per step; default 32. Not for a loader, which has its own. */
  readonly batchSize?: number
  /** A new random order in each epoch; default true. Not for a loader. */
  readonly shuffle?: boolean
  /** The seed of that order; by default that of `manualSeed`. Not for a loader. */
  readonly seed?: number
  /** Data to validate with after each epoch. */
  readonly validation?: Dataset | DataLoader
  /** Numbers to tell beside the loss; by default the accuracy, where targets are class numbers. */
  readonly metrics?: Metrics
  /** Moves the learning rate; not given to another loop at the same time. */
  readonly schedule?: Scheduler
  /** Limits the gradients: `{ norm: 1 }` or `{ value: 0.5 }`. */
  readonly clip?: Clip
  /** How many batches make one step: the gradient is that of all their examples together; default 1. */
  readonly accumulate?: number
  /** Ends the training when epochs do not get better. */
  readonly earlyStopping?: EarlyStopping
  /** What gets the bytes of checkpoints: of the last epoch, and of the best one. */
  readonly checkpoints?: Checkpoints
  /** Hear all events, too, one after the other. */
  readonly callbacks?: readonly Listener[]
  /** Hears all events; returning false (or a promise of it) stops the training. */
  readonly onEvent?: Listener
  /** Stops the training, which keeps what it has learned. */
  readonly signal?: AbortSignal
  /** Bytes of a checkpoint: the training goes on exactly as if it had never stopped. */
  readonly resumeFrom?: Uint8Array
  /** Withholds updates that are not finite, and explains them with an error; default true. */
  readonly guard?: boolean
}

const KNOWN = [
  'loss',
  'optimizer',
  'epochs',
  'batchSize',
  'shuffle',
  'seed',
  'validation',
  'metrics',
  'schedule',
].concat([
  'clip',
  'onEvent',
  'signal',
  'resumeFrom',
  'guard',
  'accumulate',
  'earlyStopping',
  'checkpoints',
  'callbacks',
])

/**
 * Trains a model: goes through the data in batches, and compiles the whole step as one program. The event loop gets its
 * turn every 16 ms. Gives a handle to wait for or to loop over, see `Training`.
 *
 * A step whose loss or gradient is not finite is withheld and ends the training with an error that names the cause. The
 * model is in training mode during steps and in evaluation mode during validation; afterwards it is in training mode.
 *
 * @throws ArgumentError for unknown options and values that make no sense
 *
 * @example
 * ```ts
 * import { Adam, crossEntropy, fit, Linear, manualSeed, Sequential, Tanh } from 'neurite'
 * import { TensorDataset } from 'neurite/data'
 *
 * manualSeed(1)
 * const xor = TensorDataset.fromArrays({ inputs: [[0, 0], [0, 1], [1, 0], [1, 1]], labels: [0, 1, 1, 0] })
 * const model = new Sequential(new Linear(2, 8), new Tanh(), new Linear(8, 2))
 * const optimizer = new Adam(model, { learningRate: 0.1 })
 * const { history } = await fit(model, xor, { loss: crossEntropy, optimizer, epochs: 50, batchSize: 4 })
 * console.log(history.length, history.at(-1)!.accuracy) // → 50 1
 * ```
 */
export function fit(model: Network, data: Dataset | DataLoader, options: FitOptions): Training {
  requireKnownOptions('fit', options, KNOWN)
  if (!(model instanceof Module)) {
    throw new ArgumentError({
      what: `fit: the model is ${String(model)}`,
      expected: 'a module, such as a Sequential',
      fix: 'pass the model first, then the data',
    })
  }
  requireData('fit', data)
  requireLoss('fit', options.loss)
  requireOptimizer(model, options.optimizer)
  checkClip(options.clip)
  const { epochs = 1, validation } = options
  requireSize('fit', 'epochs', epochs)
  requireSize('fit', 'accumulate', options.accumulate ?? 1)
  if (validation !== undefined) requireData('fit: validation', validation)
  checkOrder(data, options)
  const seed = options.seed ?? currentSeed()
  return new Training(
    async (control) => {
      const { startTraining } = await loadWithDevice()
      return startTraining(model, data, { ...options, seed }, control)
    },
    [...(options.onEvent === undefined ? [] : [options.onEvent]), ...(options.callbacks ?? [])],
  )
}

function checkOrder(data: Dataset | DataLoader, { batchSize, shuffle, seed }: FitOptions): void {
  if (batchSize !== undefined) requireSize('fit', 'batchSize', batchSize)
  if (!isLoader(data) || (batchSize === undefined && shuffle === undefined && seed === undefined)) return
  throw new ArgumentError({
    what: 'fit: batchSize, shuffle or seed is given together with a DataLoader',
    expected: 'a loader with options of its own, or a dataset',
    fix: 'pass these options to new DataLoader',
  })
}

function requireOptimizer(model: Module, optimizer: AnyOptimizer): void {
  if (typeof optimizer !== 'object' || optimizer === null || !('step' in optimizer) || !('groups' in optimizer)) {
    throw new ArgumentError({
      what: `fit: the optimizer is ${String(optimizer)}`,
      expected: 'an optimiser over the parameters of the model',
      fix: 'pass { optimizer: new Adam(model) }',
    })
  }
  const trained = new Set(optimizer.parameters())
  if (model.parameters().some((parameter) => trained.has(parameter))) return
  throw new ArgumentError({
    what: `fit: the optimizer holds no parameter of the ${model.typeName}`,
    expected: 'an optimiser over the parameters of this model',
    fix: 'make the optimiser with the model that is trained: new Adam(model)',
  })
}

function checkClip(clip: Clip | undefined): void {
  if (clip === undefined) return
  const limit = 'norm' in clip ? clip.norm : clip.value
  if (Object.keys(clip).length === 1 && typeof limit === 'number' && limit > 0) return
  throw new ArgumentError({
    what: `fit: clip is ${JSON.stringify(clip)}`,
    expected: '{ norm: limit } or { value: limit } with a limit above 0',
    fix: 'pass { clip: { norm: 1 } }, or leave it out',
  })
}
