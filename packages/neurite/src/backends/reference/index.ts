export { evaluateAllNodes, evaluateGraph } from './evaluate.ts'
export type { Environment } from './evaluate.ts'
export { ReferenceBackend, ReferenceState, toHostArray } from './backend.ts'
