import { DTypeError } from '../../errors.ts'
import type { CompositeOperation, DerivativeContext, Node } from '../../graph/node.ts'
import { evaluateLanes } from './define-map.ts'

export interface ElementwiseDefinition<A> {
  readonly name: string
  /** `float`: float32 only; `number`: float32 or int32, result the same; `test`: any dtype, result bool. */
  readonly rule: 'float' | 'number' | 'test'
  /** The definition, in float64; shares nothing with `lower`. */
  readonly compute: (x: number, attributes: A) => number
  readonly computeInteger?: (x: number, attributes: A) => number
  /** The same by primitives, in a form that is good in float32. */
  readonly lower: (x: Node, attributes: A) => Node
  /** Gradient of the input. Left out, the lowered form is differentiated. */
  readonly derivative?: (context: DerivativeContext<A> & { readonly x: Node }) => Node | undefined
}

/** Makes an elementwise operation of one input that backends see only in its lowered form. */
export function defineElementwise<A>(definition: ElementwiseDefinition<A>): CompositeOperation<A> {
  const { name, rule, compute, computeInteger = compute, derivative } = definition
  return {
    kind: 'composite',
    name,
    infer([x]) {
      const { shape, dtype } = x!
      if (rule === 'test') return { shape, dtype: 'bool' }
      if (dtype === 'float32' || (dtype === 'int32' && rule === 'number')) return { shape, dtype }
      throw new DTypeError({
        what: `${name}: got a tensor of dtype ${dtype}`,
        expected: rule === 'float' ? 'float32' : 'float32 or int32',
        fix: "convert it first: x.to('float32')",
      })
    },
    evaluate([x], { inputs, attributes, output }) {
      const of = inputs[0]!.dtype === 'float32' ? compute : computeInteger
      return evaluateLanes((value) => of(value, attributes), [x!], output)
    },
    lower: ([x], attributes) => definition.lower(x!, attributes),
    ...(derivative === undefined
      ? {}
      : { derivative: (context: DerivativeContext<A>) => [derivative({ ...context, x: context.inputs[0]! })] }),
  }
}
