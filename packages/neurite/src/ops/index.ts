/** Every operation: its builder, and the registry that the generated test matrix walks. */
import type { Operation } from '../graph/node.ts'
import { addOperation } from './add.ts'
import { subOperation } from './sub.ts'
import { mulOperation } from './mul.ts'
import { divOperation } from './div.ts'
import { maximumOperation } from './maximum.ts'
import { minimumOperation } from './minimum.ts'
import { powOperation } from './pow.ts'
import { negOperation } from './neg.ts'
import { absOperation } from './abs.ts'
import { signOperation } from './sign.ts'
import { floorOperation } from './floor.ts'
import { ceilOperation } from './ceil.ts'
import { roundOperation } from './round.ts'
import { truncOperation } from './trunc.ts'
import { sqrtOperation } from './sqrt.ts'
import { expOperation } from './exp.ts'
import { expm1Operation } from './expm1.ts'
import { logOperation } from './log.ts'
import { log1pOperation } from './log1p.ts'
import { sinOperation } from './sin.ts'
import { cosOperation } from './cos.ts'
import { tanhOperation } from './tanh.ts'
import { sigmoidOperation } from './sigmoid.ts'
import { erfOperation } from './erf.ts'
import { equalOperation } from './equal.ts'
import { notEqualOperation } from './not-equal.ts'
import { lessOperation } from './less.ts'
import { lessEqualOperation } from './less-equal.ts'
import { greaterOperation } from './greater.ts'
import { greaterEqualOperation } from './greater-equal.ts'
import { logicalAndOperation } from './logical-and.ts'
import { logicalOrOperation } from './logical-or.ts'
import { logicalNotOperation } from './logical-not.ts'
import { whereOperation } from './where.ts'
import { castOperation } from './cast.ts'
import { rsqrtOperation } from './rsqrt.ts'
import { squareOperation } from './square.ts'
import { reciprocalOperation } from './reciprocal.ts'
import { softplusOperation } from './softplus.ts'
import { reluOperation } from './relu.ts'
import { leakyReluOperation } from './leaky-relu.ts'
import { eluOperation } from './elu.ts'
import { geluOperation } from './gelu.ts'
import { siluOperation } from './silu.ts'
import { stepOperation } from './step.ts'
import { clampOperation } from './clamp.ts'
import { isNaNOperation } from './is-nan.ts'
import { detachOperation } from './detach.ts'
import { sumOperation } from './sum.ts'
import { prodOperation } from './prod.ts'
import { maxOperation } from './max.ts'
import { minOperation } from './min.ts'
import { meanOperation } from './mean.ts'
import { varianceOperation } from './variance.ts'
import { argmaxOperation } from './argmax.ts'
import { argminOperation } from './argmin.ts'
import { logSumExpOperation } from './log-sum-exp.ts'
import { softmaxOperation } from './softmax.ts'
import { logSoftmaxOperation } from './log-softmax.ts'
import { standardiseOperation } from './standardise.ts'
import { reshapeOperation } from './reshape.ts'
import { permuteOperation } from './permute.ts'
import { expandOperation } from './expand.ts'
import { sliceOperation } from './slice.ts'
import { padOperation } from './pad.ts'
import { concatOperation } from './concat.ts'
import { pictureOperations } from './pictures.ts'
import { trilOperation } from './tril.ts'
import { triuOperation } from './triu.ts'
import { maskedFillOperation } from './masked-fill.ts'
import { matmulOperation } from './matmul.ts'
import { gatherOperation } from './gather.ts'
import { scatterAddOperation } from './scatter-add.ts'
import { indexSelectOperation } from './index-select.ts'
import { embeddingOperation } from './embedding.ts'
import { oneHotOperation } from './one-hot.ts'
import { argsortOperation } from './argsort.ts'
import { cumsumOperation } from './cumsum.ts'
import { threefryOperation } from './threefry.ts'
import { unitIntervalOperation } from './unit-interval.ts'

export { binding } from './binding.ts'
export { constant } from './constant.ts'
export { data } from './data.ts'
export { full } from './full.ts'
export { input } from './input.ts'
export { iota } from './iota.ts'
export { scalar } from './scalar.ts'
export { state } from './state.ts'

// Elementwise operations and reductions.
export { add } from './add.ts'
export { sub } from './sub.ts'
export { mul } from './mul.ts'
export { div } from './div.ts'
export { maximum } from './maximum.ts'
export { minimum } from './minimum.ts'
export { pow } from './pow.ts'
export { neg } from './neg.ts'
export { abs } from './abs.ts'
export { sign } from './sign.ts'
export { floor } from './floor.ts'
export { ceil } from './ceil.ts'
export { round } from './round.ts'
export { trunc } from './trunc.ts'
export { sqrt } from './sqrt.ts'
export { exp } from './exp.ts'
export { expm1 } from './expm1.ts'
export { log } from './log.ts'
export { log1p } from './log1p.ts'
export { sin } from './sin.ts'
export { cos } from './cos.ts'
export { tanh } from './tanh.ts'
export { sigmoid } from './sigmoid.ts'
export { erf } from './erf.ts'
export { equal } from './equal.ts'
export { notEqual } from './not-equal.ts'
export { less } from './less.ts'
export { lessEqual } from './less-equal.ts'
export { greater } from './greater.ts'
export { greaterEqual } from './greater-equal.ts'
export { logicalAnd } from './logical-and.ts'
export { logicalOr } from './logical-or.ts'
export { logicalNot } from './logical-not.ts'
export { where } from './where.ts'
export { cast } from './cast.ts'
export { rsqrt } from './rsqrt.ts'
export { square } from './square.ts'
export { reciprocal } from './reciprocal.ts'
export { softplus } from './softplus.ts'
export { relu } from './relu.ts'
export { leakyRelu } from './leaky-relu.ts'
export { elu } from './elu.ts'
export { gelu } from './gelu.ts'
export { silu } from './silu.ts'
export { step } from './step.ts'
export { clamp } from './clamp.ts'
export { isNaN } from './is-nan.ts'
export { detach } from './detach.ts'
export { sum } from './sum.ts'
export { prod } from './prod.ts'
export { max } from './max.ts'
export { min } from './min.ts'
export { mean } from './mean.ts'
export { variance } from './variance.ts'
export { argmax } from './argmax.ts'
export { argmin } from './argmin.ts'
export { logSumExp } from './log-sum-exp.ts'
export { softmax } from './softmax.ts'
export { logSoftmax } from './log-softmax.ts'
export { moments, standardise } from './standardise.ts'

// Movement, contraction, indexing and random numbers.
export { reshape } from './reshape.ts'
export { permute } from './permute.ts'
export { transpose } from './transpose.ts'
export { expand } from './expand.ts'
export { squeeze } from './squeeze.ts'
export { unsqueeze } from './unsqueeze.ts'
export { flatten } from './flatten.ts'
export { slice } from './slice.ts'
export { split } from './split.ts'
export { flip } from './flip.ts'
export { pad } from './pad.ts'
export { concat } from './concat.ts'
export { stack } from './stack.ts'
export { tril } from './tril.ts'
export { triu } from './triu.ts'
export { maskedFill } from './masked-fill.ts'
export { arange } from './arange.ts'
export { matmul } from './matmul.ts'
export { gather } from './gather.ts'
export { scatterAdd } from './scatter-add.ts'
export { indexSelect } from './index-select.ts'
export { embedding } from './embedding.ts'
export { oneHot } from './one-hot.ts'
export { argsort } from './argsort.ts'
export { sort } from './sort.ts'
export { topk } from './topk.ts'
export { cumsum } from './cumsum.ts'
export { threefry } from './threefry.ts'
export { unitInterval } from './unit-interval.ts'
export { randomBits, type RandomStreamNodes } from './random-bits.ts'
export { uniform } from './uniform.ts'
export { normal } from './normal.ts'
export { bernoulli } from './bernoulli.ts'
export { categorical } from './categorical.ts'
export { permutation } from './permutation.ts'
export { scan, type ScanBody, type ScanOptions, type ScanResults } from './scan.ts'

export * from './pictures.ts'

const elementwiseOperations: readonly Operation[] = [
  addOperation,
  subOperation,
  mulOperation,
  divOperation,
  maximumOperation,
  minimumOperation,
  powOperation,
  negOperation,
  absOperation,
  signOperation,
  floorOperation,
  ceilOperation,
  roundOperation,
  truncOperation,
  sqrtOperation,
  expOperation,
  expm1Operation,
  logOperation,
  log1pOperation,
  sinOperation,
  cosOperation,
  tanhOperation,
  sigmoidOperation,
  erfOperation,
  equalOperation,
  notEqualOperation,
  lessOperation,
  lessEqualOperation,
  greaterOperation,
  greaterEqualOperation,
  logicalAndOperation,
  logicalOrOperation,
  logicalNotOperation,
  whereOperation,
  castOperation,
  rsqrtOperation,
  squareOperation,
  reciprocalOperation,
  softplusOperation,
  reluOperation,
  leakyReluOperation,
  eluOperation,
  geluOperation,
  siluOperation,
  stepOperation,
  clampOperation,
  isNaNOperation,
  detachOperation,
]

const reductionOperations: readonly Operation[] = [
  sumOperation,
  prodOperation,
  maxOperation,
  minOperation,
  meanOperation,
  varianceOperation,
  argmaxOperation,
  argminOperation,
  logSumExpOperation,
  softmaxOperation,
  logSoftmaxOperation,
  standardiseOperation,
]

const movementOperations: readonly Operation[] = [
  reshapeOperation,
  permuteOperation,
  expandOperation,
  sliceOperation,
  padOperation,
  concatOperation,
  trilOperation,
  triuOperation,
  maskedFillOperation,
  matmulOperation,
  gatherOperation,
  scatterAddOperation,
  indexSelectOperation,
  embeddingOperation,
  oneHotOperation,
  argsortOperation,
  cumsumOperation,
  threefryOperation,
  unitIntervalOperation,
]

/** Every operation that computes something; the sources (constant, data, ...) are left out. */
export const operations: readonly Operation[] = [
  ...elementwiseOperations,
  ...reductionOperations,
  ...movementOperations,
  ...pictureOperations,
]
