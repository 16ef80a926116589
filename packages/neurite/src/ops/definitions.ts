import type { ReferenceValues, EvaluateContext } from '../graph/node.ts'

interface Definition {
  evaluate(inputs: readonly ReferenceValues[], context: EvaluateContext<unknown>): ReferenceValues
}

/**
 * The definitions of operations by name, where the build has taken them out of the operations, so that they are loaded with
 * the reference backend (`scripts/split-operations.mjs`). In the sources each stands in its operation, and this is empty.
 */
export const definitions: Readonly<Record<string, Definition>> = {}
