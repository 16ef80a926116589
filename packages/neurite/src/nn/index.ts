export {
  Activation,
  ELU,
  GELU,
  Identity,
  LeakyReLU,
  LogSoftmax,
  ReLU,
  Sigmoid,
  SiLU,
  Softmax,
  Softplus,
  Step,
  Tanh,
} from './activations.ts'
export { crossEntropy, type CrossEntropyOptions } from './cross-entropy.ts'
export { Dropout } from './dropout.ts'
export { Embedding, type EmbeddingOptions } from './embedding.ts'
export { Flatten } from './flatten.ts'
export * as initialise from './initialise.ts'
export type { FanMode, KaimingOptions, Nonlinearity } from './initialise.ts'
export { Linear, type LinearOptions } from './linear.ts'
export {
  binaryCrossEntropy,
  type BinaryCrossEntropyOptions,
  binaryCrossEntropyWithLogits,
  hingeLoss,
  type HingeOptions,
  huberLoss,
  type HuberOptions,
  l1Loss,
  type LogitsOptions,
  mseLoss,
  perceptronLoss,
} from './losses.ts'
export { ModuleList } from './module-list.ts'
export { Module, type Network } from './module.ts'
export type { LossOptions, LossResult, Reduction } from './reduction.ts'
export { Sequential } from './sequential.ts'
export type { KeepsShape, ShapeRule, shapes } from './shape-rules.ts'
export type { LoadOptions, LoadResult, StoredTensor, StoredValues } from './state-dict.ts'
export { summary, type Summary, type SummaryOptions, type SummaryRow } from './summary.ts'
