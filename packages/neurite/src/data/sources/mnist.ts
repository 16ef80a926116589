import { DataError } from '../../errors.ts'
import { readIdx } from '../../formats/index.ts'
import type { StoredArray } from '../../formats/index.ts'
import { TensorDataset } from '../tensor-dataset.ts'
import type { Source } from './mirror.ts'
import { openSource } from './source.ts'
import type { LoadOptions, LoadProgress } from './source.ts'

/** The four files of MNIST, and of the data sets that were made in its likeness. */
export type MnistFile =
  'train-images-idx3-ubyte' | 'train-labels-idx1-ubyte' | 't10k-images-idx3-ubyte' | 't10k-labels-idx1-ubyte'

/** SHA-256 of the decompressed files of the original. */
const originalChecksums: Readonly<Record<MnistFile, string>> = {
  'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
}

const digitNames = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']

const source: Source = {
  title: 'MNIST',
  folder: 'mnist',
  variable: 'NEURITE_MNIST_MIRROR',
  publicMirror: 'https://ossci-datasets.s3.amazonaws.com/mnist/',
  origin: 'the classic four idx files',
  holds: 'the four files',
  isCompressed: true,
}

/** How far the loading is. */
export type MnistProgress = LoadProgress<MnistFile>

export interface MnistOptions extends LoadOptions<MnistFile> {
  /** SHA-256 of each decompressed file, for another data set of the same form (such as Fashion-MNIST). */
  readonly checksums?: Readonly<Record<MnistFile, string>>
  /** The names of the classes, for another data set. */
  readonly classNames?: readonly string[]
}

/** One dataset to train with and one to test with. */
export interface TrainAndTest {
  readonly train: TensorDataset
  readonly test: TensorDataset
}

/**
 * The handwritten digits of MNIST: 60,000 pictures to train with and 10,000 to test with, [1, 28, 28] with values from
 * 0 (paper) to 1 (ink), and the labels 0 to 9. Reads the four classic idx.gz files from a mirror, decompresses them,
 * verifies their checksums, and keeps what it downloaded for the next time.
 *
 * Source: Y. LeCun, C. Cortes and C. Burges, "The MNIST database of handwritten digits".
 *
 * @throws DataError for a file that is missing, cut off, damaged or another one than expected, a server that cannot be
 *   reached, answers with an error or falls silent, and a cache that cannot be written
 * @throws ArgumentError for an unknown option
 *
 * @example
 * ```ts
 * import { loadMnist } from 'neurite/data'
 *
 * try {
 *   const { train, test } = await loadMnist({ mirror: './no-such-folder' })
 *   console.log(train.length, test.length)
 * } catch (error) {
 *   console.log((error as Error).name) // → DataError
 * }
 * ```
 */
export async function loadMnist(options: MnistOptions = {}): Promise<TrainAndTest> {
  const reader = openSource('loadMnist', source, options, ['checksums', 'classNames'])
  const checksums = options.checksums ?? originalChecksums
  const read = async (file: MnistFile): Promise<StoredArray> =>
    readIdx(await reader.read(file, { checksum: checksums[file] }))
  const dataset = async (part: 'train' | 't10k'): Promise<TensorDataset> => {
    const labels = await read(`${part}-labels-idx1-ubyte`)
    return makeDataset(part, await read(`${part}-images-idx3-ubyte`), labels, options.classNames ?? digitNames)
  }
  // One after the other: mirrors are asked politely, and a broken one is met at its smallest file.
  const test = await dataset('t10k')
  return { train: await dataset('train'), test }
}

function makeDataset(
  part: string,
  images: StoredArray,
  labels: StoredArray,
  classNames: readonly string[],
): TensorDataset {
  const [count, ...picture] = images.shape
  const arePictures = images.dtype === 'uint8' && picture.length === 2
  const areLabels = labels.dtype === 'uint8' && labels.shape.length === 1
  if (!arePictures || !areLabels || count !== labels.shape[0]) {
    const describe = ({ dtype, shape }: StoredArray): string => `${dtype} in the shape [${shape.join(', ')}]`
    throw new DataError({
      what: `MNIST: the ${part} files hold ${describe(images)} and ${describe(labels)}`,
      expected: 'pictures of bytes [count, height, width], and as many labels [count]',
      fix: 'check which files the mirror holds under these names',
    })
  }
  return new TensorDataset({
    inputs: { data: images.data, shape: [1, ...picture] },
    targets: { data: labels.data, shape: [] },
    classNames,
    normalise: { scale: 1 / 255 },
  })
}
