import { generateDigits } from './generators/digits/index.ts'
import type { TrainAndTest } from './sources/mnist.ts'
import { requireKnownOptions, requireWholeNumber } from './options.ts'
import { TensorDataset } from './tensor-dataset.ts'

export interface DigitsOptions {
  /** How many pictures to train with; 24,000 by default. */
  readonly train?: number
  /** How many other pictures to test with; 4,000 by default. */
  readonly test?: number
  /** Which pictures; 0 by default. */
  readonly seed?: number
  /** Ends the work; its reason is thrown. */
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: { readonly made: number; readonly total: number }) => void
}

const classNames = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']
const side = 28
/** The number of the first picture to test with: no training part reaches so far, so the two have none in common. */
const firstOfTest = 1_000_000_000
/** Pictures made at a stretch, about 0.05 s of work; then the event loop gets its turn. */
const piece = 500

/**
 * Generated digits that look handwritten, in the form of MNIST: pictures [1, 28, 28] with values from 0 (paper) to 1
 * (ink), and the labels 0 to 9, equally many of each. Nothing is downloaded, and a seed gives the same pictures on
 * every machine. The pictures to test with depend on the seed alone, not on how many there are to train with.
 *
 * @throws ArgumentError for counts below 1 and unknown options
 *
 * @example
 * ```ts
 * import { digits } from 'neurite/data'
 *
 * const { train, test } = await digits({ train: 20, test: 10, seed: 1 })
 * console.log(train.length, test.length, train.inputShape) // → 20 10 [ 1, 28, 28 ]
 * ```
 */
export async function digits(options: DigitsOptions = {}): Promise<TrainAndTest> {
  requireKnownOptions('digits', options, ['train', 'test', 'seed', 'signal', 'onProgress'])
  const { train = 24_000, test = 4_000, seed = 0, signal, onProgress } = options
  requireWholeNumber('digits', 'train', train, 1)
  requireWholeNumber('digits', 'test', test, 1)
  requireWholeNumber('digits', 'seed', seed, 0)
  const total = train + test
  const make = async (count: number, first: number, madeBefore: number): Promise<TensorDataset> => {
    const images = new Uint8Array(count * side * side)
    const labels = new Uint8Array(count)
    for (let start = 0; start < count; start += piece) {
      signal?.throwIfAborted()
      const samples = Math.min(piece, count - start)
      const made = generateDigits({ samples, seed, first: first + start })
      images.set(made.images, start * side * side)
      labels.set(made.labels, start)
      onProgress?.({ made: madeBefore + start + samples, total })
      await new Promise((resolve) => setTimeout(resolve, 0))
    }
    return new TensorDataset({
      inputs: { data: images, shape: [1, side, side] },
      targets: { data: labels, shape: [] },
      classNames,
      normalise: { scale: 1 / 255 },
    })
  }
  return { train: await make(train, 0, 0), test: await make(test, firstOfTest, train) }
}
