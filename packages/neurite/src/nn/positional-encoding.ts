import { cos, exp, sin } from '../math/index.ts'
import { fromData, type Tensor } from '../tensor/index.ts'
import { Activation } from './activations.ts'
import { requireFloat32, shapeRefused } from './input-checks.ts'
import { requireKnownOptions, requireSize } from './options.ts'

export interface PositionalEncodingOptions {
  /** The longest sequence; default 5000. */
  readonly maxLength?: number
  /** Whether tensors are [batch, length, size]; default false: [length, batch, size]. */
  readonly batchFirst?: boolean
}

const LOG_OF_10000 = 9.210340371976184

/**
 * Sines and cosines that tell places apart, [length, size] (Vaswani and others, 2017): columns 2 i and 2 i + 1 hold the sine
 * and the cosine of `place / 10000^(2 i / size)`.
 *
 * @example
 * ```ts
 * import { sinusoidalPositions } from 'neurite'
 *
 * console.log(await sinusoidalPositions(2, 2).toText())
 * // → tensor([[0.0000, 1.0000],
 * // →         [0.8415, 0.5403]])
 * ```
 */
export function sinusoidalPositions(length: number, size: number): Tensor<[number, number], 'float32'> {
  requireSize('sinusoidalPositions', 'length', length)
  requireSize('sinusoidalPositions', 'size', size)
  const values = new Float32Array(length * size)
  for (let column = 0; column < size; column++) {
    const frequency = exp((-LOG_OF_10000 * (column - (column % 2))) / size)
    const wave = column % 2 === 0 ? sin : cos
    for (let place = 0; place < length; place++) values[place * size + column] = wave(place * frequency)
  }
  return fromData(values, [length, size])
}

/**
 * Adds `sinusoidalPositions` to a sequence of vectors. Places that are learned are an `Embedding` of the place numbers.
 *
 * @throws ShapeError for a sequence longer than `maxLength`, or of vectors of another size
 *
 * @example
 * ```ts
 * import { PositionalEncoding, zeros } from 'neurite'
 *
 * const layer = new PositionalEncoding(2, { maxLength: 10, batchFirst: true })
 * console.log(await layer.forward(zeros([1, 2, 2])).toText())
 * // → tensor([[[0.0000, 1.0000],
 * // →          [0.8415, 0.5403]]])
 * ```
 */
export class PositionalEncoding extends Activation {
  readonly size: number
  readonly maxLength: number
  readonly batchFirst: boolean
  private readonly table: Tensor

  constructor(size: number, options: PositionalEncodingOptions = {}) {
    super()
    requireKnownOptions('PositionalEncoding', options, ['maxLength', 'batchFirst'])
    this.size = size
    this.maxLength = options.maxLength ?? 5000
    this.batchFirst = options.batchFirst ?? false
    this.table = sinusoidalPositions(this.maxLength, size)
  }

  protected apply(x: Tensor): Tensor {
    const { size, maxLength, batchFirst, table } = this
    requireFloat32(this, x)
    const length = x.shape[x.rank === 3 && batchFirst ? 1 : 0] ?? 0
    if ((x.rank !== 2 && x.rank !== 3) || x.shape.at(-1) !== size || length > maxLength) {
      const layout = batchFirst ? 'batch, length' : 'length, batch'
      throw shapeRefused(this, x, `[${layout}, ${size}] with a length of at most ${maxLength}`, 'raise maxLength')
    }
    const places = table.slice(0, 0, length)
    return x.add(x.rank === 3 && !batchFirst ? places.unsqueeze(1) : places)
  }

  override describeOptions(): string {
    return `${this.size}, maxLength: ${this.maxLength}`
  }
}
