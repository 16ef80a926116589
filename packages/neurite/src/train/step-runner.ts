import type { Batch, DataLoader } from '../data/index.ts'
import { batchTensors, numberOf } from './batches.ts'
import { type Gathered, gatherInto } from './metric-catalogue.ts'
import { gatheredOf } from './scoring.ts'
import { makeTrainingStep, type StepParts, type TrainingStep } from './training-step.ts'

/** What a step of the optimiser, or the batch that ended the training, gave. */
export interface StepNumbers {
  readonly size: number
  /** The mean over the examples. */
  readonly loss: number
  readonly norm: number | undefined
  /** Sums of metrics, weighted by examples. */
  readonly gathered: Gathered
  /** False where the loss or the gradient of this batch is not finite. */
  readonly isFinite: boolean
  /** Whether the optimiser counted a step. */
  readonly isStep: boolean
}

/** Runs batches, so many as make a step. */
export class StepRunner {
  private readonly parts: StepParts & { readonly loader: DataLoader }
  private readonly program: TrainingStep
  private size = 0
  private loss = 0
  private gathered: Record<string, number[]> = {}

  constructor(parts: StepParts & { readonly loader: DataLoader }) {
    this.parts = parts
    this.program = makeTrainingStep(parts)
  }

  /** Runs a batch; undefined where the step needs more of them. `left`: examples of this epoch that are not counted yet. */
  run(batch: Batch, left: number): StepNumbers | undefined {
    const { accumulate, loader, guard, metrics } = this.parts
    const total = Math.min(accumulate * loader.batchSize, left)
    const isStep = this.size + batch.size >= total
    const [x, y] = batchTensors(batch)
    const result = this.program.run(x, y, batch.size / total, isStep)
    const loss = numberOf(result.loss)
    const norm = result.norm === undefined ? undefined : numberOf(result.norm)
    const isFinite = !guard || Math.abs(loss) + norm! < Infinity
    if (!isFinite) return { size: batch.size, loss, norm, gathered: {}, isFinite, isStep }
    this.size += batch.size
    this.loss += loss * batch.size
    gatherInto(metrics, this.gathered, gatheredOf(result.metrics), batch.size)
    if (!isStep) return undefined
    const { size, gathered } = this
    const numbers = { size, loss: size === batch.size ? loss : this.loss / size, norm, gathered, isFinite, isStep }
    this.size = 0
    this.loss = 0
    this.gathered = {}
    return numbers
  }

  free(): void {
    this.program.free()
  }
}
