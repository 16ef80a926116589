export { evaluateAllNodes, evaluateGraph } from './evaluate.ts'
export type { Environment } from './evaluate.ts'
export { ReferenceBackend, ReferenceState, toHostArray } from './reference-backend.ts'
