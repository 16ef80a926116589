import { ShapeError } from '../errors.ts'
import type { Shape } from '../tensor/for-modules.ts'
import type { Tensor } from '../tensor/index.ts'
import { Module } from './module.ts'
import { describeModule } from './module-names.ts'
import type { ShapeRule, shapes } from './shape-rules.ts'

/** The shape after flattening all but the first dimension; sizes are multiplied when the program runs. */
export type Flattened<S> = S extends readonly [infer B extends number, infer F extends number]
  ? [B, F]
  : S extends readonly [infer B extends number, ...number[]]
    ? [B, number]
    : [number, number]

export interface FlattenRule extends ShapeRule {
  readonly output: Flattened<this['input']>
  readonly name: 'Flatten'
  readonly keeps: false
}

export interface PartialFlattenRule extends ShapeRule {
  readonly output: Shape
  readonly name: 'Flatten'
  readonly keeps: false
}

/**
 * Makes the axes from `startAxis` (1 by default, so that examples stay apart) to `endAxis` one (torch.nn.Flatten).
 *
 * @throws ShapeError for an input that has no such axis
 *
 * @example
 * ```ts
 * import { Flatten, zeros } from 'neurite'
 *
 * console.log(new Flatten().forward(zeros([32, 1, 28, 28])).shape) // → [ 32, 784 ]
 * ```
 */
export class Flatten<Start extends number = 1, End extends number = -1> extends Module {
  declare readonly [shapes]: [Start, End] extends [1, -1] ? FlattenRule : PartialFlattenRule
  readonly startAxis: number
  readonly endAxis: number

  constructor(startAxis?: Start, endAxis?: End) {
    super()
    this.startAxis = startAxis ?? 1
    this.endAxis = endAxis ?? -1
  }

  forward<S extends Shape>(x: Tensor<S>): Tensor<[Start, End] extends [1, -1] ? Flattened<S> : Shape> {
    const { startAxis, endAxis } = this
    const rank = x.shape.length
    const place = (axis: number): number => (axis < 0 ? axis + rank : axis)
    if (!(place(startAxis) >= 0 && place(startAxis) <= place(endAxis) && place(endAxis) < rank)) {
      throw new ShapeError({
        what: `${describeModule(this)}: got a tensor of shape [${x.shape.join(', ')}]`,
        expected: `axes from ${startAxis} to ${endAxis}`,
        fix:
          rank === 1 ? 'pass a batch of examples: x.unsqueeze(0) for a single one' : 'check the axes given to Flatten',
      })
    }
    return (x as Tensor).flatten(startAxis, endAxis) as Tensor<[Start, End] extends [1, -1] ? Flattened<S> : Shape>
  }

  override describeOptions(): string {
    return this.startAxis === 1 && this.endAxis === -1 ? '' : `${this.startAxis}, ${this.endAxis}`
  }
}
