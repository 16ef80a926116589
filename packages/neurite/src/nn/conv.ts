import { ShapeError } from '../errors.ts'
import { elementCount, perAxis, requireGroups, type Shape, stepsOf } from '../tensor/for-modules.ts'
import { conv1d, conv2d, type ConvolutionOptions, type Tensor } from '../tensor/index.ts'
import { initialisedParameter } from './initial-values.ts'
import { uniformWithin } from './initialisers.ts'
import { requireFloat32 } from './input-checks.ts'
import { Module } from './module.ts'
import { describeModule } from './module-names.ts'
import { requireKnownOptions, requireSize } from './options.ts'
import type { ChannelsFit, PictureWith } from './picture-shapes.ts'
import type { ShapeRule, shapes } from './shape-rules.ts'

/** One number for all spatial axes, or one per axis. */
export type KernelSize = number | readonly number[]

export interface ConvRule<In extends number, Out extends number, Rank extends 1 | 2> extends ShapeRule {
  readonly output: PictureWith<this['input'], Out, Rank>
  readonly channels: In
  readonly name: `Conv${Rank}d<${In}, ${Out}>`
  readonly keeps: false
}

export interface ConvOptions extends ConvolutionOptions {
  /** Whether a bias per output channel is added; default true. */
  readonly bias?: boolean | undefined
}

/** What all convolution layers share. */
export abstract class Convolution<In extends number, Out extends number, Rank extends 1 | 2> extends Module {
  readonly inChannels: In
  readonly outChannels: Out
  readonly kernelSize: readonly number[]
  readonly options: ConvOptions
  weight: Tensor
  bias: Tensor<[Out], 'float32'> | undefined

  constructor(
    inChannels: In,
    outChannels: Out,
    kernelSize: KernelSize,
    options: ConvOptions,
    form: { readonly rank: Rank; readonly transposed: boolean },
  ) {
    super()
    const name = this.typeName
    const more = form.transposed ? ['outputPadding'] : []
    requireKnownOptions(name, options, ['stride', 'padding', 'dilation', 'groups', 'bias', ...more])
    requireSize(name, 'inChannels', inChannels)
    requireSize(name, 'outChannels', outChannels)
    const { groups = 1, bias = true } = options
    requireGroups(name, groups, [
      ['input channels', inChannels],
      ['output channels', outChannels],
    ])
    this.inChannels = inChannels
    this.outChannels = outChannels
    const kernel = perAxis(name, 'kernelSize', kernelSize, form.rank)
    stepsOf(name, kernel, options)
    this.kernelSize = kernel
    this.options = options
    const [first, second] = form.transposed ? [inChannels, outChannels] : [outChannels, inChannels]
    const shape = [first, second / groups, ...this.kernelSize]
    // kaimingUniform with a = sqrt(5) comes down to this bound, with the fan in that PyTorch reads off the weight.
    const draw = uniformWithin(1 / Math.sqrt(elementCount(shape.slice(1))))
    this.weight = initialisedParameter(shape, draw)
    this.bias = bias ? initialisedParameter([outChannels], draw) : undefined
  }

  forward<S extends Shape>(x: Tensor<S> & ChannelsFit<S, In>): Tensor<PictureWith<S, Out, Rank>, 'float32'> {
    const input: Tensor = x
    requireFloat32(this, input)
    const channels = input.shape[1]
    if (input.rank === this.kernelSize.length + 2 && channels !== this.inChannels) {
      throw new ShapeError({
        what: `${describeModule(this)}: expected ${this.inChannels} channels, got ${channels}`,
        expected: `a tensor of shape [N, ${this.inChannels}, ...], got [${input.shape.join(', ')}]`,
        fix: `give the layer before ${this.inChannels} output channels, or make this one for ${channels}`,
      })
    }
    return this.apply(input) as Tensor<PictureWith<S, Out, Rank>, 'float32'>
  }

  protected abstract apply(x: Tensor): Tensor

  override describeOptions(): string {
    const { inChannels, outChannels, kernelSize, options } = this
    const more = Object.entries(options).filter(([, value]) => value !== undefined)
    const rest = more.map(([name, value]) => `, ${name}: ${JSON.stringify(value).replaceAll('"', "'")}`).join('')
    return `${inChannels}, ${outChannels}, kernelSize: ${kernelSize.join('x')}${rest}`
  }
}

/**
 * Convolution of [N, inChannels, L] (torch.nn.Conv1d). `weight` has the shape [outChannels, inChannels/groups, kernelSize].
 * Options as in `Conv2d`.
 *
 * @throws ArgumentError for options that are no whole numbers, and channels that cannot be divided into groups
 */
export class Conv1d<In extends number = number, Out extends number = number> extends Convolution<In, Out, 1> {
  declare readonly [shapes]: ConvRule<In, Out, 1>

  constructor(inChannels: In, outChannels: Out, kernelSize: KernelSize, options: ConvOptions = {}) {
    super(inChannels, outChannels, kernelSize, options, { rank: 1, transposed: false })
  }

  protected apply(x: Tensor): Tensor {
    return conv1d(x, this.weight, this.bias, this.options)
  }
}

/**
 * Convolution of pictures [N, inChannels, H, W] (torch.nn.Conv2d). `weight` has the shape [outChannels, inChannels/groups,
 * KH, KW]. Weight and bias start from the uniform distribution within 1 / sqrt(inChannels / groups KH KW), PyTorch's
 * default.
 *
 * Options: `stride` 1, `padding` 0 (numbers, pairs [in front, behind] per axis, 'same', 'valid'), `dilation` 1, `groups` 1,
 * `bias` true.
 *
 * @throws ArgumentError for options that are no whole numbers, and channels that cannot be divided into groups
 *
 * @example
 * ```ts
 * import { Conv2d, zeros } from 'neurite'
 *
 * const layer = new Conv2d(1, 32, 3, { padding: 1 })
 * console.log(layer.weight.shape) // → [ 32, 1, 3, 3 ]
 * console.log(layer.forward(zeros([8, 1, 28, 28])).shape) // → [ 8, 32, 28, 28 ]
 * ```
 */
export class Conv2d<In extends number = number, Out extends number = number> extends Convolution<In, Out, 2> {
  declare readonly [shapes]: ConvRule<In, Out, 2>

  constructor(inChannels: In, outChannels: Out, kernelSize: KernelSize, options: ConvOptions = {}) {
    super(inChannels, outChannels, kernelSize, options, { rank: 2, transposed: false })
  }

  protected apply(x: Tensor): Tensor {
    return conv2d(x, this.weight, this.bias, this.options)
  }
}
