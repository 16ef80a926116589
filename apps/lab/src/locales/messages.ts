import type { FindingKind } from '../core/doctor/doctor.ts'
import type { ActivationName, ChapterId, DataKind, OrderName } from '../core/run/spec.ts'

type Values = Readonly<Record<string, number | string>>

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
  readonly helpText: readonly string[]
  readonly progress: string
  readonly progressText: string
  readonly exportProgress: string
  readonly importProgress: string
  readonly imported: string
  readonly forget: string
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
    readonly folded: string
    readonly compare: string
    readonly doctor: string
    readonly code: string
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
    readonly name: string
    readonly data: string
    readonly dataNames: Readonly<Record<DataKind, string>>
    readonly activation: string
    readonly activationNames: Readonly<Record<ActivationName, string>>
    readonly layers: string
    readonly addLayer: string
    readonly removeLayer: string
    readonly unitsIn: (layer: number) => string
    readonly more: (layer: number) => string
    readonly fewer: (layer: number) => string
    readonly rate: string
    readonly batch: string
    readonly wholeBatch: string
    readonly examples: (n: number) => string
    readonly order: string
    readonly orderNames: Readonly<Record<OrderName, string>>
    readonly margin: string
    readonly slider: (name: string) => string
    readonly whatIs: (name: string) => string
    readonly explanations: Readonly<
      Record<'data' | 'activation' | 'layers' | 'rate' | 'batch' | 'order' | 'margin', string>
    >
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
    readonly world: (v: { right: number; of: number; boundary: string; blue: string }) => string
    readonly crosses: (at: string) => string
    readonly noBoundary: string
    readonly line: (distance: string) => string
    readonly noLine: string
    readonly machine: (v: { layers: string; strongest: string }) => string
    readonly strongest: (unit: string, by: string) => string
    readonly dead: (units: string) => string
    readonly example: (v: {
      index: number
      x: string
      y: string
      truth: string
      output: string
      said: string
    }) => string
    readonly folded: (v: { a: string; b: string; separable: number; of: number }) => string
  }
  readonly classes: readonly [string, string]
  readonly card: {
    readonly title: string
    readonly weight: (from: string, to: string) => string
    readonly bias: (unit: string) => string
    readonly gradientOf: (name: string) => string
    readonly unit: (layer: number, unit: number) => string
    readonly output: string
    readonly input: (index: number) => string
    readonly loss: string
    readonly value: string
    readonly gradient: string
    readonly gradientMeaning: (slope: string) => string
    readonly flat: string
    readonly change: string
    readonly apply: string
    readonly less: string
    readonly more: string
    readonly predicted: string
    readonly actual: string
    readonly predictedHow: (slope: string, by: string) => string
    readonly formula: string
    readonly forExample: (n: number) => string
    readonly off: string
    readonly freeze: string
    readonly unfreeze: string
    readonly importance: string
    readonly notNumber: string
    readonly previous: string
    readonly next: string
    readonly scores: string
  }
  readonly folded: { readonly across: string; readonly up: string; readonly note: string; readonly one: string }
  readonly compare: {
    readonly pin: string
    readonly unpin: string
    readonly note: string
    readonly difference: string
    readonly table: readonly [string, string, string]
  }
  readonly doctor: {
    readonly healthy: string
    readonly names: Readonly<Record<FindingKind, string>>
    readonly why: Readonly<Record<FindingKind, (v: Values) => string>>
    readonly try: Readonly<Record<FindingKind, string>>
    readonly do: string
  }
  readonly code: {
    readonly note: string
    readonly copy: string
    readonly copied: string
    readonly prints: (loss: string) => string
  }
  readonly predict: {
    readonly title: string
    readonly lock: string
    readonly skip: string
    readonly yours: (guess: string) => string
    readonly truth: (truth: string) => string
    readonly right: string
    readonly wrong: string
    readonly locked: string
  }
  readonly check: {
    readonly title: string
    readonly run: string
    readonly passed: string
    readonly missed: string
    readonly answer: string
    readonly attempt: (renewals: number) => string
    readonly restart: string
  }
  readonly problems: {
    readonly number: (field: string, text: string) => string
    readonly choice: (field: string, text: string) => string
    readonly range: (field: string, low: string, high: string) => string
    readonly layers: (most: number, found: number) => string
    readonly units: (most: number, found: string) => string
    readonly journal: string
    readonly foreignField: (field: string) => string
    readonly version: string
    readonly progressFile: string
    readonly storage: string
    readonly engine: (text: string) => string
    readonly tooLong: string
    readonly dismiss: string
  }
  readonly share: { readonly copy: string; readonly copied: string }
  readonly announce: {
    readonly started: string
    readonly paused: (step: string, loss: string) => string
    readonly milestone: (step: string, loss: string) => string
    readonly solved: (step: string) => string
    readonly stopped: string
  }
  readonly noScript: string
  readonly waiting: string
}

/** What is said about a map of the loss. */
export interface SurfaceMessages {
  readonly panels: { readonly world: string; readonly machine: string }
  readonly map: string
  readonly mapNote: string
  readonly start: (w1: string, w2: string) => string
  readonly startTitle: string
  readonly startAt: (name: string) => string
  readonly answer: { readonly fit: string; readonly network: string }
  readonly scenes: { readonly fit: string; readonly otherFit: string; readonly network: string }
  readonly sceneName: string
  readonly sceneExplanation: string
  readonly momentum: string
  readonly momentumExplanation: string
  readonly gradientOf: (name: string) => string
  readonly stepLength: string
  readonly curvature: string
  readonly product: string
  readonly distance: string
  readonly settled: string
  readonly notSettled: string
  readonly profile: (v: { loss: string; promised: string; actual: string }) => string
  readonly profileHere: string
  readonly profileStep: string
  readonly profileKeys: readonly [string, string, string]
  readonly profileNone: string
  readonly verdicts: Readonly<Record<'uphill' | 'short' | 'bottom' | 'over' | 'away', string>>
  readonly recent: (count: number) => string
  readonly recentKeys: readonly [string, string]
  readonly recentNone: string
  readonly curve: string
  readonly sameSurface: string
  readonly difference: string
  readonly twin: {
    readonly place: (v: { w1: string; w2: string; loss: string }) => string
    readonly lowest: (v: { w1: string; w2: string; distance: string }) => string
    readonly down: (v: { g1: string; g2: string; size: string }) => string
    readonly curvature: (v: { largest: string; product: string }) => string
    readonly next: (v: { length: string; promised: string; actual: string }) => string
    readonly walked: (v: { steps: number; from: string; to: string }) => string
    readonly batches: (v: { count: number; spread: string }) => string
  }
}

/** What the bench says where a network is stepped through, one operation at a time. */
export interface PassMessages {
  readonly name: string
  readonly toStart: string
  readonly back: string
  readonly forward: string
  readonly toEnd: string
  readonly begin: string
  readonly passes: (name: string) => string
  readonly incoming: string
  readonly local: string
  readonly incomingTimesLocal: string
  readonly joins: string
  readonly nudged: string
}

/** What the bench of one neuron says. */
export interface NeuronMessages {
  readonly point: string
  readonly inputs: readonly [string, string]
  readonly numbers: string
  readonly threshold: (value: string) => string
  readonly begin: string
  readonly sumName: string
  readonly product: (v: { index: number; input: string; weight: string; product: string }) => string
  readonly sum: (v: { products: string; bias: string; sum: string }) => string
  readonly answer: (v: { sum: string; threshold: string; output: string; fires: boolean }) => string
  readonly fires: string
  readonly rests: string
  readonly bars: string
  readonly mistakes: string
  readonly length: string
  readonly distance: string
  readonly days: (v: { right: number; of: number; wet: number }) => string
  readonly place: string
}

/** What the bench of the perceptron says. */
export interface PerceptronMessages {
  readonly vector: string
  readonly before: string
  readonly now: string
  readonly begin: string
  readonly lastMistake: (v: { step: number; point: number; truth: string; isAdded: boolean }) => string
  readonly point: (n: number) => string
  readonly chosen: string
  readonly pointAt: (v: { index: number; truth: string; x: string; y: string }) => string
  readonly keys: string
  readonly points: string
  readonly tap: string
  readonly taps: Readonly<Record<'move' | 'plus' | 'minus', string>>
  readonly flip: string
  readonly remove: string
  readonly add: string
  readonly restore: string
  readonly updates: string
  readonly most: string
  readonly none: string
  readonly wrong: string
  readonly radius: string
  readonly margin: string
  readonly noPoints: string
  readonly never: string
  readonly bound: (v: { radius: string; margin: string; most: number; made: number; isLater: boolean }) => string
  readonly timeline: string
  readonly timelineText: (mistakes: number, steps: number) => string
  readonly seen: (v: { seen: number; updates: number; right: number; of: number }) => string
  readonly weights: (v: { w1: string; w2: string; b: string }) => string
  readonly columns: readonly string[]
}

/** Sentences of single benches: the chapter that has the bench brings them. */
export interface BenchMessages {
  /** What the loss is. */
  readonly lossFormula: string
  readonly neuron: NeuronMessages
  readonly pass: PassMessages
  readonly surface: SurfaceMessages
  readonly perceptron: PerceptronMessages
}

/** What a chapter's page can say. */
export type PageMessages = Messages & BenchMessages
