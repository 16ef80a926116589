import type { FunctionBuilder, Local } from '../assembler.ts'
import type { EngineTraits } from './tile.ts'

export interface ContractionOptions {
  /** Multiply and add with one rounding, where the machine has it (fast mode). */
  readonly fused: boolean
  readonly engine: EngineTraits
}

/** Locals of the function in which the code of one batch element is written. The code may not change them. */
export interface BodyLocals {
  readonly a: Local
  readonly b: Local
  readonly c: Local
  readonly scratch: Local
  /** The range of work units of this batch element. */
  readonly lo: Local
  readonly hi: Local
}

/** The code of one batch element. */
export interface Body {
  readonly units: number
  readonly scratchBytes: number
  emit(f: FunctionBuilder, locals: BodyLocals): void
}
