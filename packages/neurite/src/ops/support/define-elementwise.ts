import { requireDType } from '../../require-dtype.ts'
import type { CompositeOperation, DerivativeContext, Node } from '../../graph/node.ts'
import type { Evaluate } from './evaluate-lanes.ts'

export interface ElementwiseDefinition<A> {
  readonly name: string
  /** `float`: float32 only; `number`: float32 or int32, result the same; `test`: any dtype, result bool. */
  readonly rule: 'float' | 'number' | 'test'
  /** The definition, in float64: `elements` (`evaluate-lanes.ts`); shares nothing with `lower`. */
  readonly evaluate: Evaluate<A>
  /** The same by primitives, in a form that is good in float32: `ofOne`. */
  readonly lower: CompositeOperation<A>['lower']
  /** Gradient of the input. Left out, the lowered form is differentiated. */
  readonly derivative?: (context: DerivativeContext<A> & { readonly x: Node }) => Node | undefined
}

/** Makes an elementwise operation of one input that backends see only in its lowered form. */
export function defineElementwise<A>({
  rule,
  derivative,
  ...definition
}: ElementwiseDefinition<A>): CompositeOperation<A> {
  return {
    ...definition,
    kind: 'composite',
    infer([x]) {
      const { shape, dtype } = x!
      if (rule === 'test') return { shape, dtype: 'bool' }
      requireDType(definition.name, x!, rule === 'float' ? ['float32'] : ['float32', 'int32'])
      return { shape, dtype }
    },
    ...(derivative === undefined
      ? {}
      : { derivative: (context: DerivativeContext<A>) => [derivative({ ...context, x: context.inputs[0]! })] }),
  }
}
