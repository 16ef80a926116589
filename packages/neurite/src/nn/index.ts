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
export { AdaptiveAvgPool1d, AdaptiveAvgPool2d } from './adaptive-avg-pool.ts'
export { type AttentionOptions, scaledDotProductAttention } from './attention.ts'
export { AvgPool1d, AvgPool2d } from './avg-pool.ts'
export { BatchNorm1d, BatchNorm2d, type BatchNormOptions } from './batch-norm.ts'
export { Conv1d, Conv2d, type ConvOptions, type KernelSize } from './conv.ts'
export { ConvTranspose1d, ConvTranspose2d, type ConvTransposeOptions } from './conv-transpose.ts'
export { crossEntropy, type CrossEntropyOptions, nllLoss, type NllOptions } from './cross-entropy.ts'
export { ctcLoss, type CtcOptions } from './ctc-loss.ts'
export {
  contrastiveLoss,
  cosineEmbeddingLoss,
  cosineSimilarity,
  type CosineSimilarityOptions,
  type MarginOptions,
  tripletMarginLoss,
  type TripletOptions,
} from './distance-losses.ts'
export { Dropout, Dropout2d } from './dropout.ts'
export { Embedding, type EmbeddingOptions } from './embedding.ts'
export { Flatten } from './flatten.ts'
export { GroupNorm, type GroupNormOptions } from './group-norm.ts'
export { initialise } from './initialise.ts'
export type { FanMode, KaimingOptions, Nonlinearity } from './initialise.ts'
export { InstanceNorm1d, InstanceNorm2d, type InstanceNormOptions } from './instance-norm.ts'
export { klDivLoss, type KlDivOptions, type KlDivResult } from './kl-div-loss.ts'
export { LayerNorm, type LayerNormOptions, RMSNorm, type RMSNormOptions } from './layer-norm.ts'
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
  type PerceptronLossOptions,
} from './losses.ts'
export { MaxPool1d, MaxPool2d } from './max-pool.ts'
export { ModuleList } from './module-list.ts'
export { Module, type Network } from './module.ts'
export {
  MultiheadAttention,
  type MultiheadAttentionInput,
  type MultiheadAttentionOptions,
} from './multihead-attention.ts'
export { PositionalEncoding, type PositionalEncodingOptions, sinusoidalPositions } from './positional-encoding.ts'
export type { LossOptions, LossResult, Reduction } from './reduction.ts'
export { Sequential } from './sequential.ts'
export type { KeepsShape, ShapeRule, shapes } from './shape-rules.ts'
export type { LoadOptions, LoadResult, StoredTensor, StoredValues } from './state-dict.ts'
export {
  TransformerEncoderLayer,
  type TransformerEncoderInput,
  type TransformerEncoderLayerOptions,
} from './transformer.ts'
export { summary, type Summary, type SummaryOptions, type SummaryRow } from './summary.ts'
export { Upsample } from './upsample.ts'
export {
  GRU,
  LSTM,
  type LSTMOptions,
  type RecurrentCall,
  type RecurrentOptions,
  RNN,
  type RNNOptions,
} from './recurrent.ts'
export {
  GRUCell,
  LSTMCell,
  type LSTMCellOptions,
  type RecurrentCellOptions,
  RNNCell,
  type RNNCellOptions,
} from './recurrent-cells.ts'
