import type { FeatureName } from '../core/run/spec.ts'

/** What is said about a network that divides the plane. */
export interface PlaneMessages {
  readonly world: (v: { right: number; of: number; boundary: string; blue: string }) => string
  readonly crosses: (at: string) => string
  readonly noBoundary: string
  readonly machine: (v: { layers: string; strongest: string }) => string
  readonly strongest: (unit: string, by: string) => string
  readonly dead: (units: string) => string
  readonly example: (v: { index: number; x: string; y: string; truth: string; output: string; said: string }) => string
}

/** What is said about a map of the loss. */
export interface SurfaceMessages {
  readonly panels: { readonly world: string; readonly machine: string }
  readonly map: string
  readonly mapNote: string
  readonly start: (w1: string, w2: string) => string
  readonly gradientOf: (name: string) => string
  readonly stepLength: string
  readonly curvature: string
  readonly product: string
  readonly distance: string
  readonly settled: string
  readonly notSettled: string
  readonly profileNone: string
  readonly recentNone: string
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

/** The same, in parts that come later. */
export interface SurfaceLaterMessages {
  readonly startTitle: string
  readonly startAt: (name: string) => string
  readonly answer: { readonly fit: string; readonly network: string }
  readonly scenes: { readonly fit: string; readonly otherFit: string; readonly network: string }
  readonly sceneName: string
  readonly sceneExplanation: string
  readonly momentum: string
  readonly momentumExplanation: string
  readonly profile: (v: { loss: string; promised: string; actual: string }) => string
  readonly profileHere: string
  readonly profileStep: string
  readonly profileKeys: readonly [string, string, string]
  readonly verdicts: Readonly<Record<'uphill' | 'short' | 'bottom' | 'over' | 'away', string>>
  readonly recent: (count: number) => string
  readonly recentKeys: readonly [string, string]
  readonly curve: string
  readonly sameSurface: string
  readonly difference: string
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
  readonly points: string
  readonly begin: string
  readonly lastMistake: (v: { step: number; point: number; truth: string; isAdded: boolean }) => string
  readonly noPoints: string
  readonly never: string
  readonly bound: (v: { radius: string; margin: string; most: number; made: number; isLater: boolean }) => string
  readonly seen: (v: { seen: number; updates: number; right: number; of: number }) => string
  readonly weights: (v: { w1: string; w2: string; b: string }) => string
}

/** The same, in parts that come later. */
export interface PerceptronLaterMessages {
  readonly vector: string
  readonly before: string
  readonly now: string
  readonly point: (n: number) => string
  readonly chosen: string
  readonly pointAt: (v: { index: number; truth: string; x: string; y: string }) => string
  readonly keys: string
  readonly tap: string
  readonly taps: Readonly<Record<'move' | 'plus' | 'minus', string>>
  readonly flip: string
  readonly remove: string
  readonly add: string
  readonly restore: string
  readonly seen: string
  readonly updates: string
  readonly most: string
  readonly none: string
  readonly wrong: string
  readonly radius: string
  readonly margin: string
  readonly timeline: string
  readonly timelineText: (mistakes: number, steps: number) => string
  readonly columns: readonly string[]
}

/** What the parts of the bench say that the story brings in later; loaded with the first of them. */
export interface TruthLaterMessages {
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
  readonly compare: {
    /** Between two neurons that count their losses differently. */
    readonly unlike: string
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

/** Sentences of single benches: the chapter that has the bench brings them. */
export interface BenchMessages {
  /** What the loss is. */
  readonly lossFormula: string
  readonly neuron: NeuronMessages
  readonly plane: PlaneMessages
  readonly pass: PassMessages
  readonly surface: SurfaceMessages
  readonly perceptron: PerceptronMessages
}

/** Sentences that a bench says only later; loaded with the first part that says them. */
export interface LaterBenchMessages {
  readonly surface: SurfaceLaterMessages
  readonly perceptron: PerceptronLaterMessages
  readonly truth: TruthLaterMessages
}
