import { requireNumber } from '../option-checks.ts'
import type { Shape } from '../tensor/for-modules.ts'
import { rand, type Tensor, where } from '../tensor/index.ts'
import { Activation } from './activations.ts'
import { shapeRefused } from './input-checks.ts'

/**
 * In training sets each element to 0 with probability `p` (0.5 by default) and divides the others by 1 - p; in evaluation
 * gives back its input (torch.nn.Dropout; Srivastava and others, 2014). Every place in the model has random numbers of its
 * own; evaluation draws none.
 *
 * @throws ArgumentError for a probability outside 0 to 1
 *
 * @example
 * ```ts
 * import { Dropout, ones } from 'neurite'
 *
 * const layer = new Dropout(0.5)
 * const dropped = await layer.forward(ones([1000])).data()
 * console.log(dropped.every((value) => value === 0 || value === 2)) // → true
 * console.log(await layer.eval().forward(ones([3])).toText()) // → tensor([1., 1., 1.])
 * ```
 */
export class Dropout extends Activation {
  /** The probability that an element becomes 0. */
  readonly p: number

  constructor(p = 0.5) {
    super()
    requireNumber(this.typeName, 'the probability', p, { most: 1 })
    this.p = p
  }

  protected apply(x: Tensor): Tensor {
    if (!this.training || this.p === 0) return x
    if (this.p === 1) return x.mul(0)
    return where(this.keep(x.shape), x.mul(1 / (1 - this.p)), 0)
  }

  /** Which elements are kept. A test of parity with another library can override it with given masks. */
  protected keep(shape: Shape): Tensor<Shape, 'bool'> {
    return rand(shape, { stream: 'dropout', site: this.path }).greaterEqual(this.p)
  }

  override describeOptions(): string {
    return `${this.p}`
  }
}

/**
 * Like `Dropout`, for whole channels of pictures [N, C, H, W] (torch.nn.Dropout2d; Tompson and others, 2015).
 *
 * @throws ShapeError for inputs of fewer than two axes
 */
export class Dropout2d extends Dropout {
  protected override apply(x: Tensor): Tensor {
    if (x.rank < 2) throw shapeRefused(this, x, '[N, C, H, W]', 'use Dropout for other tensors')
    return super.apply(x)
  }

  protected override keep([batch, channels, ...rest]: Shape): Tensor<Shape, 'bool'> {
    return super.keep([batch!, channels!, ...rest.map(() => 1)])
  }
}
