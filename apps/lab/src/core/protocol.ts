/** What the page and the engine tell each other. Plain data: it crosses from the worker to the page. */
import type { Address } from './address.ts'
import type { Measured } from './checks/check.ts'
import type { Finding } from './doctor/doctor.ts'
import type { ActivationName, Edit, Run } from './run/spec.ts'
import type { TruthFrame } from './truth-frame.ts'

export interface CurvePoint {
  readonly step: number
  readonly loss: number
  readonly fresh: number
}

/** One parameter as it is now. */
export interface ParameterView {
  readonly path: string
  readonly shape: readonly number[]
  readonly values: Float32Array
  /** Of the loss on the full training set, in float64. */
  readonly gradient: Float64Array | undefined
}

/** What every frame tells, whatever the network. */
export interface FrameBase {
  readonly step: number
  /** On the full training set, in float64. */
  readonly loss: number
  readonly parameters: readonly ParameterView[]
  readonly curve: readonly CurvePoint[]
  readonly stepsPerEpoch: number
  readonly findings: readonly Finding[]
  /** Where Step and Step back lead, in networks in which most steps change nothing. */
  readonly jumps?: { readonly next: number | undefined; readonly previous: number }
  /** Nothing is left to learn: training ends by itself. */
  readonly isDone?: boolean
}

/** A network that divides the plane. */
export interface PlaneFrame extends FrameBase {
  readonly kind: 'plane'
  readonly points: { readonly inputs: Float32Array; readonly labels: Float32Array }
  /** What the network says about each point of the training set: above 0 means class 1. */
  readonly outputs: Float32Array
  readonly accuracy: { readonly train: number; readonly fresh: number }
  readonly right: number
  /** Values of the output over a grid of `size` squared points, row by row from the top left, from -reach to reach. */
  readonly surface: { readonly size: number; readonly reach: number; readonly values: Float32Array }
  /** For each hidden layer: what its units give over the same grid, `[size * size, units]`. */
  readonly unitSurfaces: readonly Float32Array[]
  /** For each hidden layer: what its units give for the training set, `[points, units]`. */
  readonly activations: readonly Float32Array[]
  /** For each hidden layer and unit: how much the loss grows without it. */
  readonly importance: readonly Float32Array[]
  readonly dead: readonly string[]
  readonly silenced: readonly string[]
  readonly frozen: readonly string[]
}

/** One operation of a pass that is stepped through. */
export interface OperationView {
  readonly index: number
  readonly name: string
  readonly operation: string
  /** Names of what goes in. */
  readonly inputs: readonly string[]
  readonly value: number
  readonly gradient: number | undefined
  /** What each use adds to the gradient: incoming times local. */
  readonly contributions: readonly {
    readonly consumer: string
    readonly incoming: number
    readonly local: number
    readonly value: number
  }[]
}

/** A network small enough to be shown one operation at a time. */
export interface PassFrame extends FrameBase {
  readonly kind: 'pass'
  readonly operations: readonly OperationView[]
  readonly example: { readonly inputs: readonly number[]; readonly target: number }
  /** What a small nudge of each parameter does to the loss, divided by the nudge. */
  readonly nudged: Readonly<Record<string, number>>
}

/** A single neuron that is set by hand. */
export interface NeuronFrame extends FrameBase {
  readonly kind: 'neuron'
  readonly activation: ActivationName
  readonly neuron: { readonly weights: readonly [number, number]; readonly bias: number; readonly threshold: number }
  /** The point whose sum is shown; it need not be one of the data. */
  readonly today: {
    readonly inputs: readonly [number, number]
    readonly products: readonly [number, number]
    readonly sum: number
    readonly output: number
  }
  readonly points: { readonly inputs: Float32Array; readonly labels: Float32Array }
  /** For each point: by how much its sum passes the threshold; the neuron says yes from 0 on. */
  readonly margins: Float32Array
  readonly right: number
  /** Output over a grid of `size` squared points from `low` to `high`, row by row from the top left; below 0 where it says no. */
  readonly surface: {
    readonly size: number
    readonly low: number
    readonly high: number
    readonly values: Float32Array
  }
}

/** One update of a perceptron: an example that it had wrong was added to its weights, or taken from them. */
export interface MistakeView {
  /** The step after it. */
  readonly step: number
  /** The example, by its number. */
  readonly point: number
  /** 1 where it was added, -1 where it was taken away: its class. */
  readonly sign: number
  /** Its numbers then, the constant 1 of the bias last. */
  readonly example: readonly number[]
  readonly before: readonly number[]
  readonly after: readonly number[]
}

/** One unit that learns example by example. Its weights are listed inputs first, then features, the bias last. */
export interface PerceptronFrame extends FrameBase {
  readonly kind: 'perceptron'
  readonly weights: readonly number[]
  /** The points that are there. A point keeps its number in `ids` when others come and go. */
  readonly points: {
    readonly ids: Int32Array
    readonly inputs: Float32Array
    readonly labels: Float32Array
    /** The number of a point to come; undefined where no more have room. */
    readonly next: number | undefined
  }
  /** What the unit says about each point; above 0 means class 1. */
  readonly outputs: Float32Array
  /** Whether it has each point wrong; at exactly 0 it has no opinion, and that counts as wrong. */
  readonly wrong: readonly boolean[]
  readonly right: number
  /** Updates so far, and the last of them. */
  readonly updates: number
  readonly mistakes: readonly MistakeView[]
  /** How often each point was a mistake. */
  readonly counts: Int32Array
  /** The examples of this pass, as places among `points`, and which of them comes next. */
  readonly order: Int32Array
  readonly position: number
  /** When the data last changed: the bound counts from there. */
  readonly since: { readonly step: number; readonly updates: number; readonly weights: readonly number[] }
  /** R, gamma and the most mistakes from `since` on; undefined where no line separates the points. */
  readonly bound: { readonly radius: number; readonly margin: number; readonly most: number } | undefined
  /** 1 and -1 over a grid of `size` squared points from -reach to reach, row by row from the top left; 0 for no opinion. */
  readonly surface: { readonly size: number; readonly reach: number; readonly values: Float32Array }
}

/** Two numbers that learn, on the map of their loss. */
export interface SurfaceFrame extends FrameBase {
  readonly kind: 'surface'
  /** The loss over a grid of `size` squared places from `low` to `high`, row by row from the top left. */
  readonly surface: {
    /** Names the examples and the network: with the same key it is the same loss. */
    readonly key: string
    readonly size: number
    readonly low: number
    readonly high: number
    readonly values: Float32Array
  }
  readonly place: readonly [number, number]
  /** Every place so far, as pairs; `jumps` are the ones to which a hand has moved it. */
  readonly path: { readonly places: Float32Array; readonly jumps: readonly number[] }
  readonly gradient: readonly [number, number]
  /** Largest and smallest eigenvalue of the second derivatives here. */
  readonly curvature: { readonly largest: number; readonly smallest: number }
  /** Where a bowl has its bottom, and how far away that is; undefined where the loss is no bowl. */
  readonly lowest: { readonly place: readonly [number, number]; readonly distance: number } | undefined
  /** From this step on the place has been within a thousandth of the lowest point. */
  readonly settled: number | undefined
  /** What the next update will do; undefined where it leads to numbers that are not finite. */
  readonly next: NextStep | undefined
  /** Where a step on each batch of this epoch would lead from here, as pairs; empty where all examples are one batch. */
  readonly batchSteps: Float32Array
  /** The last steps: the loss that the gradient promised for each, and the loss that came. */
  readonly recent: readonly { readonly step: number; readonly predicted: number; readonly actual: number }[]
}

export interface NextStep {
  readonly place: readonly [number, number]
  readonly length: number
  /** Changes of the loss: gradient times step, and what happens. */
  readonly predicted: number
  readonly actual: number
  /** Losses along the step and beyond, from 0 to twice its length, at equal distances. */
  readonly profile: Float64Array
}

export type Frame = PlaneFrame | PassFrame | NeuronFrame | PerceptronFrame | SurfaceFrame | TruthFrame

/** What the card of a number shows. */
export interface Probe {
  readonly address: Address
  readonly value: number
  /** Of the loss that is shown with it. */
  readonly gradient: number | undefined
  /** The terms of a weighted sum, where the number is one. */
  readonly terms: readonly { readonly weight: Address; readonly source: Address; readonly product: number }[]
  readonly termValues: readonly { readonly weight: number; readonly source: number }[]
  readonly bias: { readonly address: Address; readonly value: number } | undefined
  /** The weighted sum before the activation function. */
  readonly sum: number | undefined
  /** What is taken from the sum before the activation function. */
  readonly threshold?: number
  readonly activation: string | undefined
  /** A step function has slope 0 everywhere: gradients cannot pass it. */
  readonly isFlat: boolean
}

/** What a changed number does to the loss: what its gradient promises, and what happens. */
export interface WhatIf {
  readonly from: number
  readonly to: number
  readonly loss: number
  readonly predicted: number
  readonly actual: number
}

export type Slot = 'A' | 'B'

/** What the engine can be asked for. */
export interface EngineApi {
  open(slot: Slot, run: Run): Promise<void>
  close(slot: Slot): Promise<void>
  /** Goes to the head of a run: forward, or back by replay. */
  goTo(slot: Slot, run: Run): Promise<void>
  frame(slot: Slot): Promise<Frame>
  probe(slot: Slot, address: Address): Promise<Probe | undefined>
  whatIf(slot: Slot, edit: Edit): Promise<WhatIf | undefined>
  measure(slot: Slot, measures: readonly string[]): Promise<Measured>
  /** Trains with this many steps per second until `pause`; all open slots together. */
  play(stepsPerSecond: number): void
  pause(): Promise<{ readonly [S in Slot]?: number }>
  hash(slot: Slot): Promise<string>
}
