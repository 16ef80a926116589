/** What the matrix runs: operations on numbers, with the results that are expected. */
import { evaluateGraph } from '../../src/backends/reference/index.ts'
import { gradients } from '../../src/graph/autodiff.ts'
import { lower } from '../../src/graph/lower.ts'
import type { Node, TensorType } from '../../src/graph/node.ts'
import { elementCount } from '../../src/graph/node.ts'
import { binding } from '../../src/ops/index.ts'
import { caseName, caseValues, type OperationCase } from '../support/operation-cases.ts'
import {
  buildFixture,
  describeFixture,
  fixtureWeights,
  storedValues,
  type OperationFixture,
} from '../support/operation-fixtures.ts'

export interface SampleInput {
  readonly type: TensorType
  readonly values: Float64Array
}

export interface Sample {
  readonly name: string
  readonly inputs: readonly SampleInput[]
  readonly build: (inputs: readonly Node[]) => readonly Node[]
  readonly outputs: readonly Float64Array[]
  /** Per input the gradient of sum(outputs[0] * fixtureWeights), null where there is none; absent: not compared. */
  readonly gradients: readonly (Float64Array | null)[] | undefined
}

export function bindingsOf(inputs: readonly SampleInput[]): Node[] {
  return inputs.map(({ type }, index) => binding({ index, type }))
}

/** PyTorch's numbers. */
export function fixtureSample(fixture: OperationFixture): Sample {
  return {
    name: describeFixture(fixture),
    inputs: fixture.inputs.map(({ shape, dtype, values }) => ({
      type: { shape, dtype },
      values: storedValues(values),
    })),
    build: (inputs) => buildFixture(fixture, inputs),
    outputs: fixture.outputs.map(({ values }) => storedValues(values)),
    gradients: fixture.gradients?.map((values) => (values === null ? null : storedValues(values))),
  }
}

/**
 * A case with the oracle's numbers: the definition in float64, or, to check the oracle itself, the lowered form. `round` may
 * move the inputs to other numbers.
 */
export function caseSample(
  item: OperationCase,
  oracle: 'definition' | 'lowered',
  round: (values: Float64Array) => Float64Array = (values) => values,
): Sample {
  const inputs = item.inputs.map((input, i) => ({
    type: { shape: input.shape, dtype: input.dtype ?? ('float32' as const) },
    values: round(caseValues(input, 1 + 17 * i)),
  }))
  const nodes = bindingsOf(inputs)
  const output = item.build(nodes)
  const seed = binding({ index: nodes.length, type: { shape: output.shape, dtype: 'float32' } })
  const values = [...inputs.map((input) => input.values), fixtureWeights(elementCount(output.shape))]
  const evaluate = (node: Node): Float64Array => {
    const [root] = oracle === 'definition' ? [node] : lower([node])
    return evaluateGraph([root!], { binding: (index) => values[index]! })[0]!
  }
  const wantsGradient = item.differentiable !== false && output.dtype === 'float32'
  const found = wantsGradient ? gradients(output, nodes, { seed }) : undefined
  return {
    name: caseName(item),
    inputs,
    build: (given) => [item.build(given)],
    outputs: [evaluate(output)],
    gradients: found?.map((node) => (node === undefined ? null : evaluate(node))),
  }
}
