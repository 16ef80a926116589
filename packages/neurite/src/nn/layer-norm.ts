import { requireNumber } from '../option-checks.ts'
import type { Shape } from '../tensor/for-modules.ts'
import { equalShapes, standardise } from '../tensor/for-modules.ts'
import type { Tensor } from '../tensor/index.ts'
import { Activation } from './activations.ts'
import { initialisedParameter } from './initial-values.ts'
import { constantValue } from './initialisers.ts'
import { requireFloat32, shapeRefused } from './input-checks.ts'
import { requireKnownOptions, requireSize } from './options.ts'

export interface RMSNormOptions {
  /** Added to the mean square; default 2^-23, the resolution of float32. */
  readonly eps?: number
  /** Whether there is a weight for each element; default true. */
  readonly elementwiseAffine?: boolean
}

export interface LayerNormOptions {
  /** Added to the variance; default 1e-5. */
  readonly eps?: number
  /** Whether there are a weight and a bias for each element; default true. */
  readonly elementwiseAffine?: boolean
  /** Whether there is a bias beside the weight; default true. */
  readonly bias?: boolean
}

/** What LayerNorm and RMSNorm share: the last axes, of a given shape, are normalised together. */
abstract class LastAxesNorm extends Activation {
  readonly normalizedShape: Shape
  readonly eps: number
  weight: Tensor | undefined
  bias: Tensor | undefined
  private readonly centred: boolean

  constructor(shape: number | Shape, eps: number, hasWeight: boolean, hasBias: boolean, centred: boolean) {
    super()
    const sizes = typeof shape === 'number' ? [shape] : [...shape]
    requireSize(this.typeName, 'the length of normalizedShape', sizes.length)
    for (const size of sizes) requireSize(this.typeName, 'normalizedShape', size)
    requireNumber(this.typeName, 'eps', eps, { least: 0 })
    this.normalizedShape = sizes
    this.eps = eps
    this.centred = centred
    this.weight = hasWeight ? initialisedParameter(sizes, constantValue(1)) : undefined
    this.bias = hasBias ? initialisedParameter(sizes, constantValue(0)) : undefined
  }

  protected apply(x: Tensor): Tensor {
    const { normalizedShape, eps, centred, weight, bias } = this
    requireFloat32(this, x)
    const { length } = normalizedShape
    if (!equalShapes(x.shape.slice(-length), normalizedShape)) {
      const sizes = normalizedShape.join(', ')
      throw shapeRefused(
        this,
        x,
        `[..., ${sizes}]`,
        `make the layer for the shape that arrives, or change what is before`,
      )
    }
    const axes = normalizedShape.map((_, i) => x.rank - length + i)
    const normal = standardise(x, { axes, eps, centred })
    const scaled: Tensor = weight === undefined ? normal : normal.mul(weight)
    return bias === undefined ? scaled : scaled.add(bias)
  }

  override describeOptions(): string {
    return this.normalizedShape.join(', ')
  }
}

/**
 * Gives the last axes, of shape `normalizedShape`, mean 0 and variance 1 in each example, then multiplies by `weight` and
 * adds `bias` (torch.nn.LayerNorm; Ba, Kiros and Hinton, 2016).
 *
 * @throws ShapeError for an input whose last axes have another shape
 *
 * @example
 * ```ts
 * import { LayerNorm, tensor } from 'neurite'
 *
 * console.log(await new LayerNorm(2).forward(tensor([[1, 3], [5, 9]])).toText())
 * // → tensor([[-1.0000,  1.0000],
 * // →         [-1.0000,  1.0000]], requiresGrad=true)
 * ```
 */
export class LayerNorm extends LastAxesNorm {
  constructor(normalizedShape: number | Shape, options: LayerNormOptions = {}) {
    requireKnownOptions('LayerNorm', options, ['eps', 'elementwiseAffine', 'bias'])
    const { eps = 1e-5, elementwiseAffine = true, bias = true } = options
    super(normalizedShape, eps, elementwiseAffine, elementwiseAffine && bias, true)
  }
}

/**
 * Divides the last axes, of shape `normalizedShape`, by the root of their mean square, then multiplies by `weight`
 * (torch.nn.RMSNorm; Zhang and Sennrich, 2019).
 *
 * @throws ShapeError for an input whose last axes have another shape
 *
 * @example
 * ```ts
 * import { RMSNorm, tensor } from 'neurite'
 *
 * console.log(await new RMSNorm(2).forward(tensor([1, 7])).toText()) // → tensor([0.2000, 1.4000], requiresGrad=true)
 * ```
 */
export class RMSNorm extends LastAxesNorm {
  constructor(normalizedShape: number | Shape, options: RMSNormOptions = {}) {
    requireKnownOptions('RMSNorm', options, ['eps', 'elementwiseAffine'])
    super(normalizedShape, options.eps ?? 1 / 8388608, options.elementwiseAffine ?? true, false, false)
  }
}
