import { ArgumentError } from '../errors.ts'
import { RandomStream } from '../math/random.ts'
import { allocateExamples, valuesPerExample } from './dataset.ts'
import type { BatchArray, Dataset } from './dataset.ts'
import { rejectUnknownOptions, requireWholeNumber } from './options.ts'

/** Some examples together, ready for the network. */
export interface Batch {
  /** `size` inputs, one after the other. */
  readonly inputs: BatchArray
  readonly targets: BatchArray
  /** How many examples; the last batch of an epoch may be smaller. */
  readonly size: number
  /** [size, ...the shape of one input] */
  readonly inputShape: readonly number[]
  /** [size, ...the shape of one target] */
  readonly targetShape: readonly number[]
  /** Which examples of the dataset these are. */
  readonly indices: Int32Array
}

/** A place in the data: `position` examples of the epoch with this number have been given out. */
export interface LoaderState {
  readonly epoch: number
  readonly position: number
}

export interface DataLoaderOptions {
  /** Examples per batch; 32 by default. */
  readonly batchSize?: number
  /** A new random order in each epoch, or the order of the dataset (the default). */
  readonly shuffle?: boolean
  /** The order of each epoch follows from the seed and the number of the epoch alone. 0 by default. */
  readonly seed?: number
  /** Leave out the last batch of an epoch when it is smaller than the others. */
  readonly dropLast?: boolean
  /** Give every batch arrays of its own. By default the next batch overwrites the arrays of the one before. */
  readonly copy?: boolean
}

/**
 * Gives out a dataset in batches. A loader is a place in the data: `for (const batch of loader)` runs from there to the
 * end of the epoch, and the next loop runs the next epoch. A loop left by `break` goes on with the next batch when the
 * loader is looped over again; `restore({ epoch, position: 0 })` starts the epoch over.
 *
 * The arrays of a batch are overwritten by the next one, unless `copy: true` is given.
 *
 * @throws ArgumentError for an unknown option, or a batch size that is not 1 or more
 *
 * @example
 * ```ts
 * import { DataLoader, TensorDataset } from 'neurite/data'
 *
 * const dataset = TensorDataset.fromArrays({ inputs: [[1, 1], [2, 2], [3, 3]], targets: [10, 20, 30] })
 * for (const { inputs, targets, inputShape } of new DataLoader(dataset, { batchSize: 2 })) {
 *   console.log(inputShape, [...inputs], [...targets])
 * }
 * // → [ 2, 2 ] [ 1, 1, 2, 2 ] [ 10, 20 ]
 * // → [ 1, 2 ] [ 3, 3 ] [ 30 ]
 * ```
 */
export class DataLoader {
  readonly dataset: Dataset
  readonly batchSize: number
  readonly shuffle: boolean
  readonly seed: number
  readonly dropLast: boolean
  /** Batches per epoch. */
  readonly length: number
  /** Examples per epoch: those of the dataset, less what `dropLast` leaves out. */
  readonly examples: number
  private readonly copy: boolean
  private readonly buffers: { inputs: BatchArray; targets: BatchArray }
  private epoch = 0
  private position = 0
  private order: { readonly epoch: number; readonly indices: Int32Array } | undefined

  constructor(dataset: Dataset, options: DataLoaderOptions = {}) {
    rejectUnknownOptions('new DataLoader', options, ['batchSize', 'shuffle', 'seed', 'dropLast', 'copy'])
    const { batchSize = 32, shuffle = false, seed = 0, dropLast = false, copy = false } = options
    requireWholeNumber('new DataLoader', 'batchSize', batchSize, 1)
    requireWholeNumber('new DataLoader', 'seed', seed, 0)
    this.dataset = dataset
    this.batchSize = batchSize
    this.shuffle = shuffle
    this.seed = seed
    this.dropLast = dropLast
    this.copy = copy
    this.length = dropLast ? Math.floor(dataset.length / batchSize) : Math.ceil(dataset.length / batchSize)
    this.examples = Math.min(dataset.length, this.length * batchSize)
    if (this.length === 0) {
      throw new ArgumentError({
        what: `new DataLoader: ${dataset.length} examples make no batch of ${batchSize}`,
        expected: 'at least one batch per epoch',
        fix: dataset.length === 0 ? 'pass a dataset with examples' : 'pass a smaller batchSize, or no dropLast',
      })
    }
    this.buffers = allocateExamples(dataset, Math.min(batchSize, dataset.length))
  }

  /** The place from which the next batch will come. Inside a loop: the place after the current batch. */
  state(): LoaderState {
    return { epoch: this.epoch, position: this.position }
  }

  /**
   * Goes to a place that `state()` gave, of this loader or of one with the same dataset and options. At the end of an
   * epoch the next loop gives no batch and finishes that epoch.
   *
   * @throws ArgumentError for numbers that are no place in the data
   */
  restore(state: LoaderState): void {
    requireWholeNumber('restore', 'epoch', state.epoch, 0)
    requireWholeNumber('restore', 'position', state.position, 0)
    if (state.position > this.examples) {
      throw new ArgumentError({
        what: `restore: the position ${state.position} lies behind the end of the data`,
        expected: `at most ${this.examples}, the examples of an epoch`,
        fix: 'restore with the dataset and the options of the loader whose state this is',
      })
    }
    this.epoch = state.epoch
    this.position = state.position
  }

  *[Symbol.iterator](): Generator<Batch, void, undefined> {
    while (this.position < this.examples) {
      const end = Math.min(this.position + this.batchSize, this.examples)
      const indices = this.indicesOfEpoch().slice(this.position, end)
      this.position = end
      yield this.batch(indices)
    }
    this.epoch += 1
    this.position = 0
  }

  private batch(indices: Int32Array): Batch {
    const { dataset } = this
    const size = indices.length
    const { inputs, targets } = this.copy ? allocateExamples(dataset, size) : this.viewOfBuffers(size)
    dataset.read(indices, inputs, targets)
    return {
      inputs,
      targets,
      size,
      inputShape: [size, ...dataset.inputShape],
      targetShape: [size, ...dataset.targetShape],
      indices,
    }
  }

  private viewOfBuffers(size: number): { inputs: BatchArray; targets: BatchArray } {
    const { inputs, targets } = this.buffers
    return {
      inputs: inputs.subarray(0, size * valuesPerExample(this.dataset.inputShape)),
      targets: targets.subarray(0, size * valuesPerExample(this.dataset.targetShape)),
    }
  }

  private indicesOfEpoch(): Int32Array {
    if (this.order?.epoch !== this.epoch) this.order = { epoch: this.epoch, indices: this.makeOrder() }
    return this.order.indices
  }

  private makeOrder(): Int32Array {
    const { length } = this.dataset
    if (this.shuffle) return new RandomStream(this.seed, `shuffle/${this.epoch}`).permutation(length)
    return Int32Array.from({ length }, (_, index) => index)
  }
}
