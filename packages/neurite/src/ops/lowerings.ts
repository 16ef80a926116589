import type { CompositeOperation } from '../graph/node.ts'

/**
 * How composites are lowered, by name, where the build has taken it out of the operations, so that it is loaded with the
 * compiler (`scripts/split-operations.mjs`). In the sources each stands in its operation, and this is empty.
 */
export const lowerings: Readonly<Record<string, Pick<CompositeOperation<unknown>, 'lower'>>> = {}
