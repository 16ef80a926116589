import type { FeatureName } from '../../core/run/spec.ts'

/** What the parts of the bench say that the story brings in later; loaded with the first of them. */
export interface TruthLaterWords {
  readonly controls: {
    readonly table: string
    readonly own: (pattern: string) => string
    readonly turn: string
    readonly degrees: (turn: number) => string
    readonly feature: string
    readonly features: Readonly<Record<FeatureName, string>>
    readonly explanations: Readonly<Record<'table' | 'turn' | 'feature', string>>
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
    readonly steps: string
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
}
