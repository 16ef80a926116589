import type { Run } from '../run/spec.ts'

/** What the engine measured on the live model for a check, on data that the visitor has not seen. */
export interface Measured {
  readonly run: Run
  readonly parameters: number
  /** Shares from 0 to 1. */
  readonly accuracy: { readonly train: number; readonly fresh: number }
  readonly loss: number
  /** Hidden units as `layer.unit` that give zero for more than 90 % of the training set. */
  readonly deadUnits: readonly string[]
  /** Numbers of a chapter's own, by name. */
  readonly values: Readonly<Record<string, number>>
}

/** What the page knows beside the model. */
export interface Attempt {
  /** How often New weights was pressed since the attempt began. */
  readonly renewals: number
  readonly answer: string
}

export interface Verdict {
  readonly passed: boolean
  /** Which sentence the page says, with the numbers put in. */
  readonly reason: string
  readonly values: Readonly<Record<string, number | string>>
}

export interface CheckDefinition {
  readonly id: string
  /** `none`: only the live model counts; `unit`: one of the hidden units; `number`: a number that is typed; `tables`: truth tables, as numbers. */
  readonly answer: 'none' | 'unit' | 'number' | 'choice' | 'tables'
  readonly choices?: readonly string[]
  /** Names the numbers that the engine adds to `values`; they may depend on what was answered. */
  readonly measures?: readonly string[] | ((answer: string) => readonly string[])
  /** Where new weights change nothing, nobody counts them. */
  readonly countsRenewals?: false
  readonly judge: (measured: Measured, attempt: Attempt) => Verdict
}

export const passed = (reason: string, values: Verdict['values'] = {}): Verdict => ({ passed: true, reason, values })
export const missed = (reason: string, values: Verdict['values'] = {}): Verdict => ({ passed: false, reason, values })

/** What the engine has to measure before an answer can be judged. */
export function measuresOf({ measures = [] }: CheckDefinition, answer: string): readonly string[] {
  return typeof measures === 'function' ? measures(answer) : measures
}
