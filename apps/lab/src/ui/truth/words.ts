import type { FeatureName } from '../../core/run/spec.ts'

/** What the bench of the truth tables says; the chapter brings it in its own language. */
export interface TruthWords {
  readonly inputs: readonly [string, string]
  /** What a row is asked for, and what the neuron says about it. */
  readonly table: {
    readonly name: string
    readonly wanted: string
    readonly sum: string
    readonly says: string
    readonly onLine: string
    readonly turnAnswer: (row: string, to: string) => string
    readonly next: string
  }
  readonly numbers: string
  readonly place: string
  readonly curved: string
  readonly controls: {
    readonly table: string
    readonly own: (pattern: string) => string
    readonly turn: string
    readonly degrees: (turn: number) => string
    readonly feature: string
    readonly features: Readonly<Record<FeatureName, string>>
    readonly explanations: Readonly<Record<'table' | 'turn' | 'feature', string>>
  }
  readonly judge: {
    readonly right: string
    readonly best: string
    readonly tries: string
    readonly triesOf: (tries: number, best: number) => string
    readonly corrections: string
    readonly round: string
    readonly roundOf: (steps: number) => string
    readonly none: string
    readonly classes: string
    readonly meet: (place: string) => string
    readonly apart: string
    readonly curve: (from: string, to: string, steps: number) => string
    readonly ofFour: (right: number) => string
  }
  readonly machine: {
    readonly third: (name: string) => string
    readonly before: string
    readonly change: string
    readonly after: string
    readonly begin: string
    readonly wasRight: (row: string) => string
    readonly wasWrong: (v: { row: string; wanted: string; sign: string }) => string
    readonly allRows: string
  }
  readonly loop: {
    readonly name: string
    readonly none: (looks: number) => string
    readonly settled: (step: number) => string
    readonly found: (v: { from: number; again: number; length: number; corrections: number }) => string
    readonly inside: (length: number) => string
    readonly earlier: (count: number) => string
    readonly show: string
    readonly row: string
    readonly together: string
  }
  readonly lifted: {
    readonly title: string
    readonly flat: string
    readonly up: string
    readonly apart: (gap: string) => string
    readonly same: string
    readonly picture: (heights: string) => string
    readonly plane: string
  }
  readonly twin: {
    readonly row: (v: { row: string; wanted: string; sum: string; says: string; isRight: boolean }) => string
    readonly line: (distance: string) => string
    readonly noLine: string
    readonly rows: (right: number, best: number) => string
    readonly meet: (place: string) => string
    readonly apart: string
  }
  readonly sort: {
    readonly name: string
    readonly possible: string
    readonly impossible: string
    readonly table: (pattern: string, name: string) => string
    readonly marked: (n: number) => string
  }
}
