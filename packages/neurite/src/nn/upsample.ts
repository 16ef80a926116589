import type { Shape } from '../tensor/for-modules.ts'
import { interpolate, type InterpolateOptions, type Tensor } from '../tensor/index.ts'
import { requireFloat32 } from './input-checks.ts'
import { Module } from './module.ts'
import { requireKnownOptions } from './options.ts'
import type { ShapeRule, shapes } from './shape-rules.ts'

/** The batch, the channels, and spatial axes of any size. */
type Resized<S> = S extends readonly [infer N extends number, infer C extends number, ...infer Rest extends number[]]
  ? [N, C, ...{ [K in keyof Rest]: number }]
  : Shape

export interface UpsampleRule extends ShapeRule {
  readonly output: Resized<this['input']>
  readonly name: 'Upsample'
  readonly keeps: false
}

/**
 * [N, C, L] or pictures [N, C, H, W] in another size (torch.nn.Upsample).
 *
 * Options: `size` or `scaleFactor`, `mode` ('nearest', 'linear' or 'bilinear'; 'nearest' by default), `alignCorners` false.
 *
 * @throws ArgumentError, when it is used, unless exactly one of size and scale factor is given
 *
 * @example
 * ```ts
 * import { Upsample, zeros } from 'neurite'
 *
 * console.log(new Upsample({ scaleFactor: 2 }).forward(zeros([8, 3, 7, 7])).shape) // → [ 8, 3, 14, 14 ]
 * ```
 */
export class Upsample extends Module {
  declare readonly [shapes]: UpsampleRule
  readonly options: InterpolateOptions

  constructor(options: InterpolateOptions) {
    super()
    requireKnownOptions('Upsample', options, ['size', 'scaleFactor', 'mode', 'alignCorners'])
    this.options = options
  }

  forward<S extends Shape>(x: Tensor<S>): Tensor<Resized<S>, 'float32'> {
    requireFloat32(this, x)
    return interpolate(x, this.options) as Tensor<Resized<S>, 'float32'>
  }

  override describeOptions(): string {
    const given = Object.entries(this.options).filter(([, value]) => value !== undefined)
    return given.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(', ')
  }
}
