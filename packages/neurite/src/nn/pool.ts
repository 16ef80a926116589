import { perAxis, type Shape, stepsOf } from '../tensor/for-modules.ts'
import type { Tensor } from '../tensor/index.ts'
import type { KernelSize } from './conv.ts'
import { requireFloat32 } from './input-checks.ts'
import { Module } from './module.ts'
import { requireKnownOptions } from './options.ts'
import type { ChannelsOf, PictureWith } from './picture-shapes.ts'
import type { ShapeRule } from './shape-rules.ts'

export interface PoolRule<Rank extends 1 | 2, Name extends string> extends ShapeRule {
  readonly output: PictureWith<this['input'], ChannelsOf<this['input']>, Rank>
  readonly name: Name
  readonly keeps: false
}

/** A layer without parameters that gives pictures another size and keeps their channels. */
export abstract class Pool<Rank extends 1 | 2, Options extends object = object> extends Module {
  readonly kernelSize: readonly number[]
  readonly options: Options

  constructor(
    kernelSize: KernelSize,
    options: Options,
    form: { readonly rank: Rank; readonly known: readonly string[]; readonly size?: string },
  ) {
    super()
    requireKnownOptions(this.typeName, options, form.known)
    this.kernelSize = perAxis(this.typeName, form.size ?? 'kernelSize', kernelSize, form.rank)
    const { stride, dilation }: { readonly stride?: KernelSize; readonly dilation?: KernelSize } = options
    stepsOf(this.typeName, this.kernelSize, { stride, dilation })
    this.options = options
  }

  forward<S extends Shape>(x: Tensor<S>): Tensor<PictureWith<S, ChannelsOf<S>, Rank>, 'float32'> {
    requireFloat32(this, x)
    return this.apply(x) as Tensor<PictureWith<S, ChannelsOf<S>, Rank>, 'float32'>
  }

  protected abstract apply(x: Tensor): Tensor

  override describeOptions(): string {
    const rest = Object.entries(this.options).filter(([, value]) => value !== undefined)
    return [this.kernelSize.join('x'), ...rest.map(([name, value]) => `${name}: ${JSON.stringify(value)}`)].join(', ')
  }
}
