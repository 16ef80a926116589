import { describe, expect, test } from 'vitest'
import { evaluateGraph } from '../../src/backends/reference/index.ts'
import { lower } from '../../src/graph/lower.ts'
import { simplify } from '../../src/graph/simplify.ts'
import { topologicalOrder } from '../../src/graph/node.ts'
import { mismatch } from '../support/closeness.ts'
import { bindCase, gradientMismatches } from '../support/gradient-check.ts'
import { indexingBuilderCases, indexingCases } from '../support/operation-cases-indexing.ts'
import { movementBuilderCases, movementCases } from '../support/operation-cases-movement.ts'
import { caseName } from '../support/operation-cases.ts'

const operationsWithCases = { ...movementCases, ...indexingCases }
const all = Object.entries({ ...operationsWithCases, ...movementBuilderCases, ...indexingBuilderCases }).flatMap(
  ([operation, cases]) => cases.map((item) => ({ operation, name: caseName(item), item })),
)

describe('definition and lowered form agree', () => {
  test.each(all)('$operation $name', ({ operation, item }) => {
    const { output, values } = bindCase(item)
    const environment = { binding: (index: number) => values[index]! }
    const direct = evaluateGraph([output], environment)[0]!
    const lowered = lower([output])
    if (operation in operationsWithCases) {
      expect(topologicalOrder([output]).map((node) => node.operation.name)).toContain(operation)
    }
    expect(topologicalOrder(lowered).every((node) => node.operation.kind !== 'composite')).toBe(true)
    for (const root of [lowered[0]!, simplify(lowered)[0]!]) {
      expect([root.shape, root.dtype]).toEqual([output.shape, output.dtype])
      const other = evaluateGraph([root], environment)[0]!
      expect(mismatch('lowered', other, direct, { relative: 1e-12, absolute: 0 })).toBe('')
    }
  })
})

describe('gradients agree with differences', () => {
  const differentiable = all.filter(({ item }) => item.differentiable !== false)
  test.each(differentiable)('$operation $name', ({ item }) => {
    expect(gradientMismatches(item)).toEqual([])
  })
})
