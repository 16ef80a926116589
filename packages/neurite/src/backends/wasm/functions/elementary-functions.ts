/** The elementary functions of the wasm backend: float32x4, at most 2 ulp from the true value over the whole range. */
import { emitErf } from './erf.ts'
import { emitExp, emitExpm1 } from './exp.ts'
import { emitLog, emitLog1p } from './log.ts'
import { emitSigmoid, emitTanh } from './tanh.ts'
import { emitCos, emitSin } from './trigonometry.ts'
import type { ElementaryFunction } from './vector.ts'

export { emitPow } from './pow.ts'
export type { ElementaryFunction } from './vector.ts'

export const elementaryFunctions = {
  exp: emitExp,
  expm1: emitExpm1,
  log: emitLog,
  log1p: emitLog1p,
  sin: emitSin,
  cos: emitCos,
  tanh: emitTanh,
  sigmoid: emitSigmoid,
  erf: emitErf,
} satisfies Record<string, ElementaryFunction>

export type ElementaryFunctionName = keyof typeof elementaryFunctions
