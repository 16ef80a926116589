/** Every operation against PyTorch's float64 numbers: as defined, as lowered, and both gradients. */
import { describe, expect, test } from 'vitest'
import { evaluateGraph } from '../../src/backends/reference/index.ts'
import { gradients } from '../../src/graph/autodiff.ts'
import { lower } from '../../src/graph/lower.ts'
import type { Node } from '../../src/graph/node.ts'
import { elementCount } from '../../src/graph/node.ts'
import { simplify } from '../../src/graph/simplify.ts'
import { cast, data, full, mul, sum } from '../../src/ops/index.ts'
import { mismatch } from '../support/closeness.ts'
import {
  buildFixture,
  dataNode,
  describeFixture,
  fixtureWeights,
  readOperationFixtures,
  storedValues,
  type OperationFixture,
} from '../support/operation-fixtures.ts'

/** Fixtures hold 13 digits; sums of a few dozen terms lose some more. */
const TOLERANCE = { relative: 1e-11, absolute: 1e-12 }

/** Where their slope jumps, or elements are equal, these define it differently from the maxima that they are lowered to. */
const OWN_RULE_AT_KINKS = new Set(['relu', 'clamp', 'maxPool'])

const fixtures = readOperationFixtures()
const names = [...new Set(fixtures.map(({ operation }) => operation))]

describe.each(names)('%s', (name) => {
  const cases = fixtures.filter(({ operation }) => operation === name)
  test.each(cases.map((fixture) => [describeFixture(fixture), fixture] as const))('%s', (_, fixture) => {
    const inputs = fixture.inputs.map(dataNode)
    const outputs = buildFixture(fixture, inputs)
    expect(outputs.map(({ shape, dtype }) => ({ shape, dtype }))).toEqual(
      fixture.outputs.map(({ shape, dtype }) => ({ shape, dtype })),
    )
    expectValues('as defined', evaluateGraph(outputs), fixture)
    expectValues('lowered', evaluateGraph(lower(outputs)), fixture)
    expectValues('simplified', evaluateGraph(simplify(outputs)), fixture)
    if (fixture.gradients === undefined) return
    expectGradients('gradient', outputs[0]!, inputs, fixture)
    if (OWN_RULE_AT_KINKS.has(name)) return
    const [lowered, ...leaves] = lower([outputs[0]!, ...inputs])
    expectGradients('gradient of the lowered form', lowered!, leaves, fixture)
  })
})

function expectValues(what: string, values: readonly Float64Array[], fixture: OperationFixture): void {
  for (const [i, expected] of fixture.outputs.entries()) {
    expect(mismatch(what, values[i]!, storedValues(expected.values), TOLERANCE)).toBe('')
  }
}

function expectGradients(what: string, output: Node, inputs: readonly Node[], fixture: OperationFixture): void {
  const weights = data({
    data: Float32Array.from(fixtureWeights(elementCount(output.shape))),
    shape: output.shape,
    dtype: 'float32',
  })
  const found = gradients(sum(mul(cast(output, 'float32'), weights)), inputs)
  for (const [i, expected] of fixture.gradients!.entries()) {
    if (expected === null) {
      expect(found[i], `gradient of input ${i}`).toBeUndefined()
      continue
    }
    // No node means that nothing flows: zeros.
    const node = found[i] ?? full(inputs[i]!.shape, 0)
    const values = evaluateGraph([node, ...lower([node]), ...simplify(lower([node]))])
    for (const [form, array] of values.entries()) {
      const where = `${what} of input ${i}, ${['as defined', 'lowered', 'lowered and simplified'][form]!}`
      expect(mismatch(where, array, storedValues(expected), TOLERANCE)).toBe('')
    }
  }
}
