import { ShapeError } from '../errors.ts'
import type { Shape } from '../tensor/for-modules.ts'
import type { LastFits, Tensor } from '../tensor/index.ts'
import { uniformWithin } from './initialisers.ts'
import { initialisedParameter } from './initial-values.ts'
import { Module } from './module.ts'
import { describeModule } from './module-names.ts'
import { requireKnownOptions, requireSize } from './options.ts'
import type { ShapeRule, shapes, WithLast } from './shape-rules.ts'

export interface LinearRule<In extends number, Out extends number> extends ShapeRule {
  readonly output: WithLast<this['input'], Out>
  readonly features: In
  readonly name: `Linear<${In}, ${Out}>`
  readonly keeps: false
}

export interface LinearOptions {
  /** Whether a bias is added; default true. */
  readonly bias?: boolean
}

/**
 * `x weight^T + bias` (torch.nn.Linear): the last dimension of size `inFeatures` becomes `outFeatures`. `weight` has the
 * shape [outFeatures, inFeatures]. Both start from the uniform distribution within 1 / sqrt(inFeatures), PyTorch's default.
 *
 * @throws ArgumentError for sizes that are no whole numbers of at least 1
 *
 * @example
 * ```ts
 * import { Linear, tensor } from 'neurite'
 *
 * const layer = new Linear(2, 1)
 * layer.loadStateDict({ weight: tensor([[0.5, 0.7]]), bias: tensor([0]) })
 * console.log(await layer.forward(tensor([[0.5, 0.6]])).toText()) // → tensor([[0.6700]], requiresGrad=true)
 * ```
 */
export class Linear<In extends number = number, Out extends number = number> extends Module {
  declare readonly [shapes]: LinearRule<In, Out>
  readonly inFeatures: In
  readonly outFeatures: Out
  weight: Tensor<[Out, In], 'float32'>
  bias: Tensor<[Out], 'float32'> | undefined

  constructor(inFeatures: In, outFeatures: Out, options: LinearOptions = {}) {
    super()
    requireKnownOptions('Linear', options, ['bias'])
    requireSize('Linear', 'inFeatures', inFeatures)
    requireSize('Linear', 'outFeatures', outFeatures)
    this.inFeatures = inFeatures
    this.outFeatures = outFeatures
    // kaimingUniform with a = sqrt(5) comes down to this bound as well.
    const bound = 1 / Math.sqrt(inFeatures)
    this.weight = initialisedParameter([outFeatures, inFeatures], uniformWithin(bound))
    this.bias = options.bias === false ? undefined : initialisedParameter([outFeatures], uniformWithin(bound))
  }

  forward<S extends Shape>(x: Tensor<S> & LastFits<S, In>): Tensor<WithLast<S, Out>, 'float32'> {
    const input: Tensor = x
    const size = input.shape[input.shape.length - 1]
    if (size !== this.inFeatures) {
      throw new ShapeError({
        what: `${describeModule(this)}: expected ${this.inFeatures} features, got ${size ?? 'a single number'}`,
        expected: `a tensor of shape [..., ${this.inFeatures}], got [${input.shape.join(', ')}]`,
        fix: `give the layer before ${this.inFeatures} outputs, or make this one with new Linear(${size ?? 1}, ${this.outFeatures})`,
      })
    }
    const weight: Tensor = this.weight
    const product = input.matmul(weight.t())
    const result: Tensor = this.bias === undefined ? product : product.add(this.bias)
    return result as Tensor<WithLast<S, Out>, 'float32'>
  }

  override describeOptions(): string {
    return `${this.inFeatures}, ${this.outFeatures}${this.bias === undefined ? ', bias: false' : ''}`
  }
}
