import type { EvaluateContext, ReferenceValues, TensorType } from '../../graph/node.ts'
import { elementCount } from '../../graph/node.ts'

/** What an operation computes in float64. */
export type Evaluate<A> = (inputs: readonly ReferenceValues[], context: EvaluateContext<A>) => ReferenceValues

/** The definition of one lane: takes up to four numbers. */
export type LaneFunction = (a: number, b: number, c: number, d: number) => number

/** Applies `compute` lane by lane; int32 results wrap. */
export function evaluateLanes(
  compute: LaneFunction,
  inputs: readonly ReferenceValues[],
  output: TensorType,
): ReferenceValues {
  const values = new Float64Array(elementCount(output.shape))
  const wraps = output.dtype === 'int32'
  const [a, b = a, c = a, d = a] = inputs
  for (let i = 0; i < values.length; i++) {
    const value = compute(a![i]!, b![i]!, c![i]!, d![i]!)
    values[i] = wraps ? value | 0 : value
  }
  return values
}

/**
 * The definition of an elementwise primitive, from its formula on float64 lanes, and one on int32 lanes where that would
 * lose bits; int32 results wrap.
 */
export function lanes<A>(compute: LaneFunction, computeInteger = compute): Evaluate<A> {
  return (values, { inputs, output }) =>
    evaluateLanes(inputs[0]!.dtype === 'float32' ? compute : computeInteger, values, output)
}

/** The same for an operation of one input, whose formula may use its attributes. */
export function elements<A>(compute: (x: number, attributes: A) => number, computeInteger = compute): Evaluate<A> {
  return ([x], { inputs, attributes, output }) => {
    const of = inputs[0]!.dtype === 'float32' ? compute : computeInteger
    return evaluateLanes((value) => of(value, attributes), [x!], output)
  }
}
