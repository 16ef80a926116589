/** Every operation: its builder, and the registry that the generated test matrix walks. */
import type { Operation } from '../graph/node.ts'
import { addOperation } from './add.ts'
import { castOperation } from './cast.ts'
import { mulOperation } from './mul.ts'
import { sumOperation } from './sum.ts'
import { reshapeOperation } from './reshape.ts'
import { permuteOperation } from './permute.ts'
import { expandOperation } from './expand.ts'
import { sliceOperation } from './slice.ts'
import { padOperation } from './pad.ts'
import { concatOperation } from './concat.ts'
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

export { add } from './add.ts'
export { binding } from './binding.ts'
export { cast } from './cast.ts'
export { constant } from './constant.ts'
export { data } from './data.ts'
export { full } from './full.ts'
export { input } from './input.ts'
export { iota } from './iota.ts'
export { mul } from './mul.ts'
export { scalar } from './scalar.ts'
export { state } from './state.ts'
export { sum } from './sum.ts'

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
  ...movementOperations,
  addOperation,
  castOperation,
  mulOperation,
  sumOperation,
]
