import { DTypeError } from '../../errors.ts'
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
      if (dtype === 'float32' || (dtype === 'int32' && rule === 'number')) return { shape, dtype }
      throw new DTypeError({
        what: `${definition.name}: got a tensor of dtype ${dtype}`,
        expected: rule === 'float' ? 'float32' : 'float32 or int32',
        fix: "convert it first: x.to('float32')",
      })
    },
    ...(derivative === undefined
      ? {}
      : { derivative: (context: DerivativeContext<A>) => [derivative({ ...context, x: context.inputs[0]! })] }),
  }
}
