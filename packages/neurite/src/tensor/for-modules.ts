/** What modules, optimisers and the training loop need from the rooms below; not part of the library's public names. */
export type { DType, HostArray, HostScalar, Shape } from '../graph/node.ts'
export { elementCount, equalShapes, withLabel } from '../graph/node.ts'
export { nextEpoch } from '../runtime/epoch.ts'
export {
  currentSeed,
  hostStream,
  type RandomState,
  randomState,
  seedGeneration,
  setRandomState,
} from '../runtime/random-streams.ts'
export { currentTrace, dependOn, isGatheringGradients, onBeforeRun } from '../runtime/trace-context.ts'
export { deferredParameter, stateRole } from './state-tensor.ts'
