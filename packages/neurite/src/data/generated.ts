import { ArgumentError } from '../errors.ts'
import type { Field } from './field.ts'
import type { BallPictures } from './generators/balls.ts'
import type { PlanarData } from './generators/planar.ts'
import { requireKnownOptions } from './options.ts'
import { TensorDataset } from './tensor-dataset.ts'

export interface GeneratedOptions {
  /**
   * `labels` (the default): one whole number per example, for cross-entropy. `numbers`: the same as float32 in the shape
   * [1], for a network with one output and binary cross-entropy or the squared error.
   */
  readonly targets?: 'labels' | 'numbers'
  /** One name per class. */
  readonly classNames?: readonly string[]
}

/**
 * A dataset of points in the plane, as `xor`, `circles`, `twoMoons`, `spirals` and `blobs` make them: inputs [2].
 *
 * @throws ArgumentError for an unknown option
 *
 * @example
 * ```ts
 * import { pointsDataset, xor } from 'neurite/data'
 *
 * const dataset = pointsDataset(xor({ samples: 4 }), { targets: 'numbers' })
 * const { input, target } = dataset.example(1)
 * console.log([...input], [...target], dataset.targetShape) // → [ 0, 1 ] [ 1 ] [ 1 ]
 * ```
 */
export function pointsDataset(points: PlanarData, options: GeneratedOptions = {}): TensorDataset {
  return makeDataset('pointsDataset', { data: points.inputs, shape: [2] }, points.labels, options)
}

/**
 * A dataset of the pictures of `balls`: inputs [1, size, size], label 1 where there is a ball.
 *
 * @throws ArgumentError for an unknown option
 *
 * @example
 * ```ts
 * import { balls, ballsDataset } from 'neurite/data'
 *
 * const dataset = ballsDataset(balls({ samples: 10, size: 16 }))
 * console.log(dataset.length, dataset.inputShape, dataset.classNames) // → 10 [ 1, 16, 16 ] [ 'no ball', 'ball' ]
 * ```
 */
export function ballsDataset(
  pictures: Pick<BallPictures, 'images' | 'labels'>,
  options: GeneratedOptions = {},
): TensorDataset {
  const size = Math.sqrt(pictures.images.length / pictures.labels.length)
  const inputs = { data: pictures.images, shape: [1, size, size] }
  return makeDataset('ballsDataset', inputs, pictures.labels, { classNames: ['no ball', 'ball'], ...options })
}

function makeDataset(where: string, inputs: Field, labels: Int32Array, options: GeneratedOptions): TensorDataset {
  requireKnownOptions(where, options, ['targets', 'classNames'])
  const { targets: kind = 'labels', ...names } = options
  if (kind !== 'labels' && kind !== 'numbers') {
    throw new ArgumentError({
      what: `${where}: targets is '${String(kind)}'`,
      expected: "'labels' or 'numbers'",
      fix: "pass 'labels' for cross-entropy, 'numbers' for a network with one output",
    })
  }
  const targets = kind === 'labels' ? { data: labels, shape: [] } : { data: Float32Array.from(labels), shape: [1] }
  return new TensorDataset({ inputs, targets, ...names })
}
