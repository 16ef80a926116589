import type { ActivationName, ChapterId } from '../core/run/spec.ts'
import type { BenchMessages } from './bench-messages.ts'
import type { LaterMessages } from './later-messages.ts'

/** Every sentence of the frame; chapters bring their own. */
export interface Messages {
  readonly language: string
  readonly languageName: string
  readonly labName: string
  readonly labTitle: string
  readonly contents: string
  readonly skip: string
  readonly theme: string
  readonly themes: { readonly light: string; readonly dark: string; readonly system: string }
  readonly help: string
  readonly progress: string
  readonly close: string
  readonly chapterNumber: (n: number) => string
  readonly chapterTitles: Readonly<Record<ChapterId, string>>
  readonly nextChapter: string
  readonly continue: string
  readonly beatOf: (n: number, of: number) => string
  readonly bench: string
  readonly panels: {
    readonly world: string
    readonly machine: string
    readonly judge: string
  }
  readonly transport: {
    readonly name: string
    readonly play: string
    readonly pause: string
    readonly step: string
    readonly stepBack: string
    readonly epoch: string
    readonly reset: string
    readonly newWeights: string
    readonly undo: string
    readonly speed: string
    readonly perSecond: (n: string) => string
    readonly at: (n: string) => string
    readonly operation: (n: number, of: number) => string
    /** For who learns example by example. */
    readonly example: string
    readonly atExample: (n: string, corrections: number) => string
  }
  readonly controls: {
    readonly activationNames: Readonly<Record<ActivationName, string>>
    readonly slider: (name: string) => string
  }
  readonly judge: {
    readonly loss: string
    readonly train: string
    readonly fresh: string
    readonly parameters: string
    readonly step: string
    readonly rightOf: (right: number, of: number) => string
    readonly curve: (from: string, to: string, steps: number) => string
    readonly curveTrain: string
    readonly curveFresh: string
    readonly curvePinned: string
  }
  readonly table: {
    readonly show: string
    readonly hide: string
    readonly what: string
    readonly value: string
    readonly slope: string
  }
  readonly twin: {
    readonly name: string
    readonly line: (distance: string) => string
    readonly noLine: string
  }
  readonly classes: readonly [string, string]
  readonly card: {
    readonly weight: (from: string, to: string) => string
    readonly bias: (unit: string) => string
    readonly gradientOf: (name: string) => string
    readonly unit: (layer: number, unit: number) => string
    readonly output: string
    readonly input: (index: number) => string
    readonly loss: string
    readonly gradient: string
    readonly less: string
    readonly more: string
    readonly notNumber: string
    readonly previous: string
    readonly next: string
    readonly scores: string
  }
  readonly predict: {
    readonly title: string
    readonly lock: string
    readonly skip: string
    readonly locked: string
  }
  readonly check: {
    readonly run: string
    readonly missed: string
  }
  readonly problems: {
    readonly engine: (text: string) => string
    readonly dismiss: string
  }
  readonly announce: {
    readonly started: string
    readonly paused: (step: string, loss: string) => string
    readonly milestone: (step: string, loss: string) => string
    readonly solved: (step: string) => string
    readonly stopped: string
  }
  readonly noScript: string
  readonly waiting: string
  /** What only parts say that come later, or after something was done. */
  readonly later: () => Promise<LaterMessages>
}

/** What a chapter's page can say. */
export type PageMessages = Messages & BenchMessages
