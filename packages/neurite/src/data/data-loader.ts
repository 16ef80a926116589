import { ArgumentError } from '../errors.ts'
import { RandomStream } from '../math/random.ts'
import { Augmentation } from './augment/augmentation.ts'
import type { Transform } from './augment/transform.ts'
import { allocateExamples, valuesPerExample } from './dataset.ts'
import type { BatchArray, Dataset, ExampleShapes } from './dataset.ts'
import { requireKnownOptions, requireWholeNumber } from './options.ts'
import { Slices } from './pause.ts'

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
  /**
   * Changes the inputs of each example at random, in another way in each epoch. How, follows from the seed, the epoch and
   * the place of the example in it, so that a restored loader goes on with exactly the same examples.
   */
  readonly augment?: readonly Transform[]
}

/**
 * Gives out a dataset in batches. A loader is a place in the data: `for (const batch of loader)` runs from there to the
 * end of the epoch, and the next loop runs the next epoch. A loop left by `break` goes on with the next batch when the
 * loader is looped over again; `restore({ epoch, position: 0 })` starts the epoch over.
 *
 * The arrays of a batch are overwritten by the next one, unless `copy: true` is given. `for await` gives the same batches
 * and lets the event loop have its turn every 16 ms.
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
  private readonly augmentation: Augmentation | undefined
  /** Room for the inputs before they are augmented. */
  private readonly plain: BatchArray | undefined
  private readonly inputShape: readonly number[]
  private readonly buffers: { inputs: BatchArray; targets: BatchArray }
  private epoch = 0
  private position = 0
  private order: { readonly epoch: number; readonly indices: Int32Array } | undefined

  constructor(dataset: Dataset, options: DataLoaderOptions = {}) {
    requireKnownOptions('new DataLoader', options, ['batchSize', 'shuffle', 'seed', 'dropLast', 'copy', 'augment'])
    const { batchSize = 32, shuffle = false, seed = 0, dropLast = false, copy = false, augment } = options
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
    const room = Math.min(batchSize, dataset.length)
    this.augmentation = augment === undefined ? undefined : makeAugmentation(dataset, augment, seed)
    this.inputShape = this.augmentation?.outputShape ?? dataset.inputShape
    if (this.augmentation !== undefined) this.plain = new Float32Array(room * valuesPerExample(dataset.inputShape))
    this.buffers = allocateExamples({ ...shapesOf(dataset), inputShape: this.inputShape }, room)
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
      const place = { epoch: this.epoch, position: this.position }
      this.position = end
      yield this.batch(indices, place)
    }
    this.epoch += 1
    this.position = 0
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Batch, void, undefined> {
    const slices = new Slices()
    for (const batch of this) {
      await slices.pause()
      yield batch
    }
  }

  private batch(indices: Int32Array, place: LoaderState): Batch {
    const { dataset, augmentation, inputShape } = this
    const size = indices.length
    const { inputs, targets } = this.copy
      ? allocateExamples({ ...shapesOf(dataset), inputShape }, size)
      : this.viewOfBuffers(size)
    if (augmentation === undefined) {
      dataset.read(indices, inputs, targets)
    } else {
      const plain = this.plain!.subarray(0, size * valuesPerExample(dataset.inputShape))
      dataset.read(indices, plain, targets)
      augmentation.apply(plain as Float32Array, inputs as Float32Array, place)
    }
    return {
      inputs,
      targets,
      size,
      inputShape: [size, ...inputShape],
      targetShape: [size, ...dataset.targetShape],
      indices,
    }
  }

  private viewOfBuffers(size: number): { inputs: BatchArray; targets: BatchArray } {
    const { inputs, targets } = this.buffers
    return {
      inputs: inputs.subarray(0, size * valuesPerExample(this.inputShape)),
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

/** What decides how much room examples need. */
function shapesOf({ inputShape, targetShape, inputDType, targetDType }: Dataset): ExampleShapes {
  return { inputShape, targetShape, inputDType, targetDType }
}

function makeAugmentation(dataset: Dataset, transforms: readonly Transform[], seed: number): Augmentation {
  if (dataset.inputDType === 'float32') return new Augmentation(transforms, dataset.inputShape, { seed })
  throw new ArgumentError({
    what: 'new DataLoader: augment is given for inputs of whole numbers',
    expected: 'inputs that are float32',
    fix: 'leave augment out, or give the dataset float32 inputs',
  })
}
