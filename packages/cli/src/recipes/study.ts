import type { Network, TrainingEvent } from 'neurite'

/** What a study is asked for, and where it tells how far it is. */
export interface StudyContext {
  readonly dataName: string
  readonly epochs: number
  readonly batchSize: number
  readonly seed: number
  /** Folder or address of the data's files, where --mirror names one. */
  readonly mirror: string | undefined
  /** Ctrl-C: loading ends with an error, `fit` ends early and keeps what was learned. */
  readonly signal: AbortSignal
  /** Tells how far the loading is, such as ('reading recordings', 0.5). */
  readonly onLoading: (what: string, fraction: number) => void
  /** Shows a training: `onEvent` of `fit`. */
  readonly onTraining: (event: TrainingEvent) => void
  /** Lines for people, while the work goes on. */
  readonly say: (...lines: readonly string[]) => void
  readonly columns: number
  /** Where the trained network will be saved, for whatever else is to lie there. */
  readonly folder: string
}

/** What came out of a study. */
export interface Findings {
  /** The results in numbers: for --json, and for the description beside the weights. */
  readonly results: Readonly<Record<string, unknown>>
  /** The same for people. */
  readonly lines: readonly string[]
  /** The trained network, where there is one to keep. */
  readonly model?: Network
  /** What is needed beside the weights to use it, such as its sizes and its vocabulary. */
  readonly description?: Readonly<Record<string, unknown>>
}

/** Data for a study, and what is done otherwise with them. */
export interface StudyData {
  readonly summary: string
  readonly epochs?: number
  readonly batchSize?: number
}

/** A network with a course of its own: the recipe trains it, judges it and says what it found. */
export interface StudyRecipe {
  readonly kind: 'study'
  readonly name: string
  readonly summary: string
  /** By name; the first is the one that is used when nobody asks for another. */
  readonly data: Readonly<Record<string, StudyData>>
  readonly epochs: number
  readonly batchSize: number
  /** What an example is, such as 'messages'. */
  readonly unit: string
  readonly study: (context: StudyContext) => Promise<Findings>
}
