import type { BatchArray, Dataset } from '../dataset.ts'

/** Where windows lie in a series. */
export interface WindowLayout {
  /** How many columns a row has. */
  readonly columns: number
  /** Which of them are inputs, and which are predicted. */
  readonly inputs: readonly number[]
  readonly targets: readonly number[]
  /** Rows that are seen, then rows that are predicted. */
  readonly steps: number
  readonly horizon: number
  /** Rows from one window to the next. */
  readonly stride: number
}

/** How many windows fit into `rows` rows. */
export function countWindows(rows: number, { steps, horizon, stride }: WindowLayout): number {
  return Math.max(0, Math.floor((rows - steps - horizon) / stride) + 1)
}

/** Windows over rows of numbers, cut out when a batch is made of them. */
export class SeriesWindows implements Dataset {
  readonly length: number
  readonly inputShape: readonly number[]
  readonly targetShape: readonly number[]
  readonly inputDType = 'float32'
  readonly targetDType = 'float32'
  /** The number in the whole series of the first row of these data. */
  readonly firstRow: number
  /** Rows, scaled. */
  readonly rows: Float32Array
  private readonly layout: WindowLayout

  constructor(rows: Float32Array, firstRow: number, layout: WindowLayout) {
    this.rows = rows
    this.firstRow = firstRow
    this.layout = layout
    this.length = countWindows(rows.length / layout.columns, layout)
    this.inputShape = [layout.steps, layout.inputs.length]
    this.targetShape = layout.targets.length === 1 ? [layout.horizon] : [layout.horizon, layout.targets.length]
  }

  read(indices: Int32Array, inputs: BatchArray, targets: BatchArray): void {
    const { steps, horizon, stride } = this.layout
    let intoInputs = 0
    let intoTargets = 0
    for (const index of indices) {
      const start = index * stride
      intoInputs = this.copy(start, steps, this.layout.inputs, inputs, intoInputs)
      intoTargets = this.copy(start + steps, horizon, this.layout.targets, targets, intoTargets)
    }
  }

  private copy(start: number, count: number, chosen: readonly number[], out: BatchArray, into: number): number {
    const { columns } = this.layout
    for (let row = start; row < start + count; row++) {
      for (const column of chosen) out[into++] = this.rows[row * columns + column]!
    }
    return into
  }
}
