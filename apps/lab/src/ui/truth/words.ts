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
    readonly turnAnswer: (row: string, now: string) => string
    readonly next: string
  }
  readonly numbers: string
  readonly place: string
  readonly curved: string
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
    readonly ofFour: (right: number) => string
  }
  readonly sort: {
    readonly name: string
    readonly possible: string
    readonly impossible: string
    readonly table: (pattern: string, name: string) => string
    readonly marked: (n: number) => string
  }
}
