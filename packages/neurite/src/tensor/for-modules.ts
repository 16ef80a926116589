/** What modules, optimisers and the training loop need from the rooms below; not part of the library's public names. */
import { TraceContext, withTrace } from '../runtime/trace-context.ts'

export type { DType, HostArray, HostScalar, Shape } from '../graph/node.ts'
export { elementCount, equalShapes, withLabel } from '../graph/node.ts'
export { requireCount } from '../graph/require-count.ts'
export { requireGroups } from '../ops/support/convolution-rules.ts'
export { perAxis, stepsOf } from '../ops/support/window-geometry.ts'
export { prepareDevice, whenReady, whenSettled } from '../runtime/arrival.ts'
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
export { moments, standardise } from './normalisation.ts'
export { deferredParameter, stateRole } from './state-tensor.ts'

/** Records what `fn` does and forgets it: nothing is computed, assigned or drawn. */
export function withoutEffect<T>(fn: () => T): T {
  return withTrace(new TraceContext(), fn)
}
