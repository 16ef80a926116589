/** Every operation: its builder, and the registry that the generated test matrix walks. */
import type { Operation } from '../graph/node.ts'
import { addOperation } from './add.ts'
import { castOperation } from './cast.ts'
import { mulOperation } from './mul.ts'
import { sumOperation } from './sum.ts'

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

/** Every operation that computes something; the sources (constant, data, ...) are left out. */
export const operations: readonly Operation[] = [addOperation, castOperation, mulOperation, sumOperation]
