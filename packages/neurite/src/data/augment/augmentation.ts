import { ArgumentError } from '../../errors.ts'
import { RandomStream } from '../../math/random.ts'
import { valuesPerExample } from '../dataset.ts'
import { requireKnownOptions, requireWholeNumber } from '../options.ts'
import { Resampling } from './resample.ts'
import type { Transform, ValueTransform } from './transform.ts'

type Stage = {
  readonly words: number
  /** Room for the result of one example. */
  readonly scratch: Float32Array
} & ({ readonly resampling: Resampling } | { readonly transform: ValueTransform; readonly shape: readonly number[] })

/**
 * Transforms in a row, for examples of one shape: [channels, height, width] or [height, width] where pixels move, any
 * shape for those that change values only. Neighbouring transforms that move pixels are done in one pass.
 *
 * What happens to an example follows from the seed, the epoch and its position in the epoch alone: not from the batch
 * size, not from what was augmented before. A `DataLoader` with the option `augment` does it by itself.
 *
 * @throws ArgumentError for a shape that the transforms cannot take
 *
 * @example
 * ```ts
 * import { Augmentation, crop, flip } from 'neurite/data'
 *
 * const augmentation = new Augmentation([flip({ horizontal: 1 }), crop({ height: 1, width: 2 })], [1, 1, 3])
 * const output = new Float32Array(2)
 * augmentation.apply(new Float32Array([1, 2, 3]), output, { epoch: 0, position: 4 })
 * console.log(augmentation.outputShape, [...output]) // → [ 1, 1, 2 ] [ 3, 2 ]
 * ```
 */
export class Augmentation {
  readonly inputShape: readonly number[]
  readonly outputShape: readonly number[]
  readonly seed: number
  private readonly stages: readonly Stage[]
  private readonly words: number
  private stream: { readonly epoch: number; readonly words: RandomStream } | undefined

  constructor(
    transforms: readonly Transform[],
    inputShape: readonly number[],
    options: { readonly seed?: number } = {},
  ) {
    requireKnownOptions('Augmentation', options, ['seed'])
    const { seed = 0 } = options
    requireWholeNumber('Augmentation', 'seed', seed, 0)
    this.seed = seed
    this.inputShape = inputShape
    const { stages, shape } = makeStages(transforms, inputShape)
    this.stages = stages
    this.outputShape = shape
    this.words = stages.reduce((sum, stage) => sum + stage.words, 0)
  }

  /**
   * Augments the examples in `input`, one after the other, into `output`. `place.position` is that of the first in its
   * epoch.
   */
  apply(input: Float32Array, output: Float32Array, place: { readonly epoch: number; readonly position: number }): void {
    const inputSize = valuesPerExample(this.inputShape)
    const outputSize = valuesPerExample(this.outputShape)
    const count = input.length / inputSize
    if (!Number.isInteger(count) || output.length !== count * outputSize) {
      throw new ArgumentError({
        what: `Augmentation: ${input.length} values in, room for ${output.length} out`,
        expected: `whole examples of ${inputSize} values in, and of ${outputSize} out`,
        fix: 'pass arrays for the same number of examples',
      })
    }
    if (this.stream?.epoch !== place.epoch) {
      this.stream = { epoch: place.epoch, words: new RandomStream(this.seed, `augment/${place.epoch}`) }
    }
    const stream = this.stream.words
    for (let example = 0; example < count; example++) {
      let word = (place.position + example) * this.words
      let values = input.subarray(example * inputSize, (example + 1) * inputSize)
      const target = output.subarray(example * outputSize, (example + 1) * outputSize)
      for (const [index, stage] of this.stages.entries()) {
        const into = index === this.stages.length - 1 ? target : stage.scratch
        stream.counter = word
        word += stage.words
        if ('resampling' in stage) {
          stage.resampling.apply(values, into, stream)
        } else {
          into.set(values)
          stage.transform.apply(into, stage.shape, stream)
        }
        values = into
      }
      if (this.stages.length === 0) target.set(values)
    }
  }
}

function makeStages(
  transforms: readonly Transform[],
  inputShape: readonly number[],
): { stages: Stage[]; shape: readonly number[] } {
  const stages: Stage[] = []
  let shape = inputShape
  for (let i = 0; i < transforms.length;) {
    const transform = transforms[i]!
    if (transform.kind === 'values') {
      stages.push({
        transform,
        words: transform.words(shape),
        shape,
        scratch: new Float32Array(valuesPerExample(shape)),
      })
      i++
      continue
    }
    const group = [transform]
    for (let next = transforms[++i]; next !== undefined && next.kind !== 'values'; next = transforms[++i]) {
      if (next.fill !== transform.fill) break
      group.push(next)
    }
    const resampling = new Resampling(group, pictureShape(transform.name, shape))
    shape = shape.length === 2 ? resampling.outputShape.slice(1) : resampling.outputShape
    stages.push({ resampling, words: resampling.words, scratch: new Float32Array(valuesPerExample(shape)) })
  }
  return { stages, shape }
}

function pictureShape(name: string, shape: readonly number[]): [number, number, number] {
  if (shape.length === 3) return [shape[0]!, shape[1]!, shape[2]!]
  if (shape.length === 2) return [1, shape[0]!, shape[1]!]
  throw new ArgumentError({
    what: `${name}: examples of the shape [${shape.join(', ')}] are no pictures`,
    expected: '[channels, height, width] or [height, width]',
    fix: 'use it for pictures only',
  })
}
