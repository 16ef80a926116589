import { RandomStream } from '../../math/random.ts'
import { requireKnownOptions, requireWholeNumber } from '../options.ts'
import { TensorDataset } from '../tensor-dataset.ts'
import { checkSamples } from './planar.ts'

/** Options of `firstBit`. */
export interface FirstBitOptions {
  /** How many sequences. */
  readonly samples: number
  /** Length of each sequence: the bit to remember, and `steps` - 1 others. */
  readonly steps: number
  /** Equal seeds give equal sequences. Default 0. */
  readonly seed?: number
  /** Number of the first sequence: parts of one series are made by several calls. Default 0. */
  readonly first?: number
}

/**
 * The task of long memory: sequences of random bits, written as -1 and 1, of which the first is the answer after the last.
 * Inputs have the shape [steps, 1], labels are 0 and 1, equally many of each; the other bits say nothing about the label.
 *
 * Source: after Y. Bengio, P. Simard and P. Frasconi, "Learning Long-Term Dependencies with Gradient Descent is
 * Difficult" (1994), and S. Hochreiter and J. Schmidhuber, "Long Short-Term Memory" (1997).
 *
 * @throws ArgumentError for options outside their range and unknown options
 *
 * @example
 * ```ts
 * import { firstBit } from 'neurite/data'
 *
 * const dataset = firstBit({ samples: 4, steps: 20 })
 * const { input, target } = dataset.example(3)
 * console.log(dataset.inputShape, input[0], target[0]) // → [ 20, 1 ] 1 1
 * ```
 */
export function firstBit(options: FirstBitOptions): TensorDataset {
  requireKnownOptions('firstBit', options, ['samples', 'steps', 'seed', 'first'])
  const { samples, steps, seed = 0, first = 0 } = options
  checkSamples('firstBit', samples)
  requireWholeNumber('firstBit', 'steps', steps, 1)
  requireWholeNumber('firstBit', 'first', first, 0)
  const stream = new RandomStream(seed, 'first-bit')
  const data = new Float32Array(samples * steps)
  const labels = new Int32Array(samples)
  // One word has 32 bits.
  const words = Math.ceil(steps / 32)
  for (let i = 0; i < samples; i++) {
    stream.counter = (first + i) * words
    labels[i] = (first + i) % 2
    let word = 0
    for (let step = 0; step < steps; step++) {
      if (step % 32 === 0) word = stream.bits()
      data[i * steps + step] = (word >>> (step % 32)) & 1 ? 1 : -1
    }
    data[i * steps] = labels[i] === 1 ? 1 : -1
  }
  return new TensorDataset({
    inputs: { data, shape: [steps, 1] },
    targets: { data: labels, shape: [] },
    classNames: ['first bit 0', 'first bit 1'],
  })
}
