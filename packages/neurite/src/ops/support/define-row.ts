import type { CompositeOperation, DerivativeContext, Node, Shape } from '../../graph/node.ts'
import { requireFloat } from './broadcast.ts'
import { keptShape } from './define-reduce.ts'
import type { Evaluate } from './evaluate-lanes.ts'

export interface RowReduction<A> {
  readonly name: string
  readonly dtype: 'float32' | 'int32'
  readonly axes: (attributes: A) => readonly number[]
  readonly check?: (shape: Shape, axes: readonly number[]) => void
  /** The definition: `rowToNumber` (`evaluate-rows.ts`). */
  readonly evaluate: Evaluate<A>
  readonly lower: CompositeOperation<A>['lower']
  readonly derivative: (context: DerivativeContext<A>) => readonly (Node | undefined)[]
}

/** Makes a composite that turns each row into one number; the reduced axes are kept with size 1. */
export function defineRowReduction<A>({ dtype, axes, check, ...definition }: RowReduction<A>): CompositeOperation<A> {
  return {
    ...definition,
    kind: 'composite',
    infer([x], attributes) {
      if (dtype === 'float32') requireFloat(definition.name, x!)
      check?.(x!.shape, axes(attributes))
      return { shape: keptShape(x!.shape, axes(attributes)), dtype }
    },
  }
}

export interface AxisAttributes {
  readonly axis: number
}

export interface RowMap {
  readonly name: string
  /** The definition: `rowToRow` (`evaluate-rows.ts`). */
  readonly evaluate: Evaluate<AxisAttributes>
  readonly lower: CompositeOperation<AxisAttributes>['lower']
  readonly derivative: (context: DerivativeContext<AxisAttributes>) => readonly (Node | undefined)[]
}

/** Makes a float32 composite that turns each row along one axis into a row of the same length. */
export function defineRowMap(definition: RowMap): CompositeOperation<AxisAttributes> {
  return {
    ...definition,
    kind: 'composite',
    infer([x]) {
      requireFloat(definition.name, x!)
      return { shape: x!.shape, dtype: 'float32' }
    },
  }
}
