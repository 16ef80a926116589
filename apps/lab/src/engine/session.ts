import type { Address } from '../core/address.ts'
import type { Measured } from '../core/checks/check.ts'
import type { Frame, Probe, WhatIf } from '../core/protocol.ts'
import type { Machine } from '../core/run/replay.ts'
import type { Edit, Run } from '../core/run/spec.ts'

/** One open network with everything that the page may ask about it. */
export interface Session<T> extends Machine<T> {
  readonly stepsPerEpoch: number
  frame(step: number, run: Run): Promise<Frame>
  probe(address: Address): Promise<Probe | undefined>
  whatIf(edit: Edit): Promise<WhatIf | undefined>
  measure(run: Run, measures: readonly string[]): Promise<Measured>
  isFinite(): Promise<boolean>
  /** Whether nothing is left to learn: then Play ends by itself. Asked after every step. */
  isDone?(): Promise<boolean>
  /** The operation that makes the first number that is not finite. */
  anomaly(): Promise<string>
  /** Remembers where the first number appeared that is not finite. */
  tellBroken(step: number, operation: string): void
  free(): void
}
