import type { BenchMessages, LaterBenchMessages } from '../locales/bench-messages.ts'
import type { TruthWords } from '../ui/truth/words.ts'

type Values = Readonly<Record<string, number | string>>

/** What a chapter says in one language. In prose, *stars* mean emphasis and `backticks` code. */
export interface ChapterText {
  readonly lead: string
  readonly beats: Readonly<Record<string, BeatText>>
  readonly predictions: Readonly<Record<string, PredictionText>>
  readonly checks: Readonly<Record<string, CheckText>>
  /** Words of a bench that only one chapter has. */
  readonly messages?: Partial<BenchMessages>
  readonly truth?: TruthWords
  /** What that bench says only in parts that come later. */
  readonly later?: () => Promise<Partial<LaterBenchMessages>>
}

export interface BeatText {
  readonly title: string
  readonly prose: readonly string[]
  /** Labels of the experiments, by name; what happens there and why stands in the prose. */
  readonly experiments?: Readonly<Record<string, string>>
}

export interface PredictionText {
  readonly question: string
  readonly choices: Readonly<Record<string, string>>
  /** Why it came out so. */
  readonly explanation: string
}

export interface CheckText {
  readonly title: string
  readonly task: string
  readonly choices?: Readonly<Record<string, string>>
  readonly reasons: Readonly<Record<string, (values: Values) => string>>
}
