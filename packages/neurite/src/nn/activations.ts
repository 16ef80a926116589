import type { Shape } from '../tensor/for-modules.ts'
import type { Tensor } from '../tensor/index.ts'
import { Module } from './module.ts'
import { requireKnownOptions } from './options.ts'
import type { KeepsShape, shapes } from './shape-rules.ts'

/** A layer that applies a function and keeps the shape. */
export abstract class Activation extends Module {
  declare readonly [shapes]: KeepsShape

  forward<S extends Shape>(x: Tensor<S>): Tensor<S, 'float32'> {
    return this.apply(x) as Tensor<S, 'float32'>
  }

  /** What becomes of the input; any shape. */
  protected abstract apply(x: Tensor): Tensor
}

/**
 * max(x, 0) (torch.nn.ReLU).
 *
 * @example
 * ```ts
 * import { ReLU, tensor } from 'neurite'
 *
 * console.log(await new ReLU().forward(tensor([-1, 2])).toText()) // → tensor([0., 2.])
 * ```
 */
export class ReLU extends Activation {
  protected apply(x: Tensor): Tensor {
    return x.relu()
  }
}

/** x where x > 0, else `negativeSlope` x, 0.01 by default (torch.nn.LeakyReLU). */
export class LeakyReLU extends Activation {
  readonly negativeSlope: number

  constructor(options: { readonly negativeSlope?: number } = {}) {
    super()
    requireKnownOptions('LeakyReLU', options, ['negativeSlope'])
    this.negativeSlope = options.negativeSlope ?? 0.01
  }

  protected apply(x: Tensor): Tensor {
    return x.leakyRelu({ negativeSlope: this.negativeSlope })
  }

  override describeOptions(): string {
    return `negativeSlope: ${this.negativeSlope}`
  }
}

/** x where x > 0, else `alpha` (exp(x) - 1); alpha is 1 by default (torch.nn.ELU). */
export class ELU extends Activation {
  readonly alpha: number

  constructor(options: { readonly alpha?: number } = {}) {
    super()
    requireKnownOptions('ELU', options, ['alpha'])
    this.alpha = options.alpha ?? 1
  }

  protected apply(x: Tensor): Tensor {
    return x.elu({ alpha: this.alpha })
  }

  override describeOptions(): string {
    return `alpha: ${this.alpha}`
  }
}

/** x times the probability that a standard normal number is below x (torch.nn.GELU). */
export class GELU extends Activation {
  readonly approximate: 'none' | 'tanh'

  constructor(options: { readonly approximate?: 'none' | 'tanh' } = {}) {
    super()
    requireKnownOptions('GELU', options, ['approximate'])
    this.approximate = options.approximate ?? 'none'
  }

  protected apply(x: Tensor): Tensor {
    return x.gelu({ approximate: this.approximate })
  }

  override describeOptions(): string {
    return this.approximate === 'none' ? '' : `approximate: '${this.approximate}'`
  }
}

/** x sigmoid(x), also called swish (torch.nn.SiLU). */
export class SiLU extends Activation {
  protected apply(x: Tensor): Tensor {
    return x.silu()
  }
}

/** 1 / (1 + exp(-x)) (torch.nn.Sigmoid). */
export class Sigmoid extends Activation {
  protected apply(x: Tensor): Tensor {
    return x.sigmoid()
  }
}

/** The hyperbolic tangent (torch.nn.Tanh). */
export class Tanh extends Activation {
  protected apply(x: Tensor): Tensor {
    return x.tanh()
  }
}

/** log(1 + exp(x)), a smooth ReLU (torch.nn.Softplus). */
export class Softplus extends Activation {
  protected apply(x: Tensor): Tensor {
    return x.softplus()
  }
}

/**
 * Positive numbers that add up to 1 along `axis`, the last by default (torch.nn.Softmax). Not before `crossEntropy`, which
 * contains it.
 */
export class Softmax extends Activation {
  readonly axis: number

  constructor(axis = -1) {
    super()
    this.axis = axis
  }

  protected apply(x: Tensor): Tensor {
    return x.softmax(this.axis)
  }

  override describeOptions(): string {
    return `${this.axis}`
  }
}

/** The logarithm of the softmax along `axis`, the last by default (torch.nn.LogSoftmax). */
export class LogSoftmax extends Activation {
  readonly axis: number

  constructor(axis = -1) {
    super()
    this.axis = axis
  }

  protected apply(x: Tensor): Tensor {
    return x.logSoftmax(this.axis)
  }

  override describeOptions(): string {
    return `${this.axis}`
  }
}

/** 1 where x >= `threshold` (0 by default), else 0: the step activation of the first neurons. It has no gradient. */
export class Step extends Activation {
  readonly threshold: number

  constructor(options: { readonly threshold?: number } = {}) {
    super()
    requireKnownOptions('Step', options, ['threshold'])
    this.threshold = options.threshold ?? 0
  }

  protected apply(x: Tensor): Tensor {
    return x.step({ threshold: this.threshold })
  }

  override describeOptions(): string {
    return `threshold: ${this.threshold}`
  }
}

/** Gives back its input (torch.nn.Identity): holds the place of a layer. */
export class Identity extends Activation {
  protected apply(x: Tensor): Tensor {
    return x
  }
}
