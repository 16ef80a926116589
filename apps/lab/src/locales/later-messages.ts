import type { FindingKind } from '../core/doctor/doctor.ts'
import type { DataKind, OrderName } from '../core/run/spec.ts'

type Values = Readonly<Record<string, number | string>>

/** Sentences of the frame that a page says only later; loaded with the first part that says them. */
export interface LaterMessages {
  readonly helpText: readonly string[]
  readonly progressText: string
  readonly exportProgress: string
  readonly importProgress: string
  readonly imported: string
  readonly forget: string
  readonly panels: {
    readonly folded: string
    readonly compare: string
    readonly doctor: string
    readonly code: string
  }
  readonly controls: {
    readonly name: string
    readonly data: string
    readonly dataNames: Readonly<Record<DataKind, string>>
    readonly activation: string
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
    readonly whatIs: (name: string) => string
    readonly explanations: Readonly<
      Record<'data' | 'activation' | 'layers' | 'rate' | 'batch' | 'order' | 'margin', string>
    >
  }
  readonly card: {
    readonly title: string
    readonly value: string
    readonly gradientMeaning: (slope: string) => string
    readonly flat: string
    readonly change: string
    readonly predicted: string
    readonly actual: string
    readonly predictedHow: (slope: string, by: string) => string
    readonly formula: string
    readonly forExample: (n: number) => string
    readonly off: string
    readonly freeze: string
    readonly unfreeze: string
    readonly importance: string
  }
  readonly folded: { readonly across: string; readonly up: string; readonly note: string; readonly one: string }
  readonly compare: {
    readonly pin: string
    readonly pinOld: string
    readonly edits: string
    readonly unpin: string
    readonly note: string
    readonly difference: string
    readonly table: readonly [string, string, string]
    readonly corrections: (v: { a: number; b: number; steps: number }) => string
    readonly correctionsOf: readonly [string, string]
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
    readonly yours: (guess: string) => string
    readonly truth: (truth: string) => string
    readonly right: string
    readonly wrong: string
  }
  readonly check: {
    readonly passed: string
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
    readonly tooLong: string
  }
}
