/** Neural networks in TypeScript that anyone can see through: a training step is a program, compiled once. */
// The bundle holds the sources in the order of these lines: like beside like is half a KB smaller, compressed.
import './math/index.ts'
import './graph/node.ts'
import './ops/index.ts'
import './graph/autodiff.ts'
export * from './errors.ts'
export type { DType, HostArray, HostScalar, Shape } from './graph/node.ts'
export { RandomStream, threefry2x32 } from './math/index.ts'
export { type Device, init, type InitOptions, setThreads, threadsReady } from './runtime/device.ts'
export {
  currentSeed,
  hostStream,
  manualSeed,
  randomState,
  type RandomState,
  setRandomState,
} from './runtime/random-streams.ts'
export { isGatheringGradients, onBeforeRun } from './runtime/trace-context.ts'
export * from './tensor/index.ts'
export * from './nn/index.ts'
export * from './optim/index.ts'
export * from './train/index.ts'
