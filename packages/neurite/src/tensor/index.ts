export type { HostArrayOf, Operand } from './apply.ts'
export { type BackwardOptions, grad } from './backward.ts'
export {
  adaptiveAvgPool1d,
  adaptiveAvgPool2d,
  avgPool1d,
  avgPool2d,
  type AvgPoolOptions,
  conv1d,
  conv2d,
  convTranspose1d,
  convTranspose2d,
  type ConvolutionOptions,
  interpolate,
  type InterpolateOptions,
  maxPool1d,
  maxPool2d,
  type MaxPoolOptions,
  type TransposedConvolutionOptions,
} from './convolution-functions.ts'
export {
  arange,
  type CreationOptions,
  eye,
  fromData,
  full,
  linspace,
  type NumericArray,
  ones,
  onesLike,
  tensor,
  type TensorOptions,
  zeros,
  zerosLike,
} from './creation.ts'
export { concat, embedding, stack, where } from './functions.ts'
export { enableGrad, isGradEnabled, noGrad } from './grad-mode.ts'
export type { Index } from './indexing.ts'
export type { NestedValues } from './nested-values.ts'
export {
  bernoulli,
  categorical,
  rand,
  randint,
  randn,
  type RandomOptions,
  type RandomTensorOptions,
  randperm,
} from './random.ts'
export type { Range } from './ranges.ts'
export type { Axes, ReductionOptions } from './reduction-methods.ts'
export { scan, type ScanOptions, type ScanResult, type ScanStep } from './scan.ts'
export { hostScalar, scalarTensor } from './scalar-tensor.ts'
export type {
  Append,
  Broadcast,
  ButLast,
  Fits,
  Last,
  LastFits,
  MatrixProduct,
  Mutable,
  ReplaceLast,
  ShapeMismatch,
  Show,
} from './shape-types.ts'
export {
  assignState,
  assignStates,
  buffer,
  evaluateNow,
  parameter,
  type StateAssignment,
  zerosBuffer,
} from './state-tensor.ts'
export { Tensor } from './tensor.ts'
export { compile, type Compiled, type CompiledArguments, type CompileOptions, watch } from './compile.ts'
export { type Anomaly, findAnomaly, trace, type Trace, type TraceContribution, type TraceEntry } from './trace.ts'
