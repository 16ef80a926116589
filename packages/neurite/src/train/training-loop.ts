import type { Batch, DataLoader } from '../data/index.ts'
import { Embedding } from '../nn/index.ts'
import type { Scheduler } from '../optim/index.ts'
import type { Compiled, Tensor } from '../tensor/index.ts'
import { checkPlaces, explainBadStep } from './anomaly.ts'
import { batchTensors, numberOf } from './batches.ts'
import { type Progress, restoreCheckpoint, saveCheckpoint } from './checkpoint.ts'
import type { EpochRecord, Scores, StoppedEvent } from './events.ts'
import { Slices } from './pause.ts'
import { asScores, ScoreSums } from './score-sums.ts'
import { makeScorer, numbersOf, scoreAll, type Scorer } from './scoring.ts'
import type { Control, TrainingResult } from './training.ts'
import { makeTrainingStep, type StepParts, type StepResult } from './training-step.ts'

/** A training with all its options filled in. */
export interface LoopParts extends StepParts {
  readonly schedule: Scheduler | undefined
  readonly loader: DataLoader
  readonly validation: DataLoader | undefined
  readonly epochs: number
  readonly signal: AbortSignal | undefined
  readonly resumeFrom: Uint8Array | undefined
}

/** Trains to the end, or until it is asked to stop. */
export async function runTraining(parts: LoopParts, control: Control): Promise<TrainingResult> {
  const loop = new TrainingLoop(parts, control)
  try {
    return await loop.run()
  } finally {
    loop.free()
  }
}

class TrainingLoop {
  private readonly parts: LoopParts
  private readonly control: Control
  private readonly program: Compiled<[Tensor, Tensor], StepResult>
  private readonly scorer: Scorer | undefined
  private readonly slices = new Slices()
  private readonly progress: Progress
  private readonly started = performance.now()
  private epochStarted = performance.now()
  /** Examples in this call of `fit`. */
  private seen = 0
  private reason: StoppedEvent['reason'] | undefined
  private validation: Scores | undefined
  private sums = new ScoreSums()
  /** Rows of the only table that takes the inputs, where there is one. */
  private readonly tableRows: number | undefined

  constructor(parts: LoopParts, control: Control) {
    this.parts = parts
    this.control = control
    this.progress =
      parts.resumeFrom === undefined
        ? { epochs: 0, steps: 0, stepInEpoch: 0, sums: this.sums, secondsInEpoch: 0, history: [] }
        : restoreCheckpoint(parts.resumeFrom, parts)
    if (parts.resumeFrom === undefined) parts.loader.restore({ epoch: 0, position: 0 })
    const { examples, loss, metrics } = this.progress.sums
    this.sums = new ScoreSums(examples, loss, metrics)
    this.program = makeTrainingStep(parts)
    if (parts.validation !== undefined) this.scorer = makeScorer(parts.model, parts.loss, parts.metrics)
    const tables = parts.model.modules().filter((module) => module instanceof Embedding)
    this.tableRows = tables.length === 1 ? tables[0]!.numEmbeddings : undefined
    control.setCheckpoint(() => this.checkpoint())
  }

  async run(): Promise<TrainingResult> {
    const { model, loader, epochs } = this.parts
    const { progress, control } = this
    model.train()
    await this.tell({
      type: 'start',
      epochs,
      stepsPerEpoch: loader.length,
      examples: loader.examples,
      batchSize: loader.batchSize,
      parameters: model.parameters().reduce((count, parameter) => count + parameter.size, 0),
      step: progress.steps,
    })
    while (progress.epochs < epochs && !this.isStopped()) await this.epoch()
    const { history, steps } = progress
    const stopped = this.reason !== undefined && progress.epochs < epochs
    if (this.reason !== undefined && stopped) {
      await control.tell({ type: 'stopped', reason: this.reason, epoch: this.epochNumber(), step: steps })
    }
    const seconds = this.seconds()
    await control.tell({ type: 'end', history, steps, seconds, stopped })
    const validation = this.validation ?? history.at(-1)?.validation
    return { history, stopped, steps, seconds, validation, checkpoint: () => Promise.resolve(this.checkpoint()) }
  }

  free(): void {
    this.program.free()
    this.scorer?.free()
  }

  private checkpoint(): Uint8Array {
    const { progress, sums } = this
    const { examples, loss, metrics } = sums
    const secondsInEpoch = progress.stepInEpoch === 0 ? 0 : this.secondsInEpoch()
    return saveCheckpoint(this.parts, { ...progress, sums: { examples, loss, metrics }, secondsInEpoch })
  }

  /** One pass through the data, or what is left of it. */
  private async epoch(): Promise<void> {
    const { loader } = this.parts
    const { progress } = this
    this.epochStarted = performance.now()
    for (const batch of loader) {
      await this.step(batch)
      const pause = this.slices.pause()
      if (pause !== undefined) await pause
      if (this.isStopped() && progress.stepInEpoch < loader.length) return
    }
    await this.endEpoch()
  }

  private async step(batch: Batch): Promise<void> {
    const { parts, progress } = this
    const { optimizer, schedule, loader, epochs } = parts
    if (this.tableRows !== undefined) checkPlaces(batch, this.tableRows)
    const { learningRate } = optimizer
    const result = this.program(...batchTensors(batch))
    const loss = numberOf(result.loss)
    const norm = result.norm === undefined ? undefined : numberOf(result.norm)
    if (parts.guard && !(Math.abs(loss) + norm! < Infinity)) this.refuse(batch, loss, norm)
    const metrics = numbersOf(result.metrics)
    progress.steps++
    progress.stepInEpoch++
    this.seen += batch.size
    this.sums.add(batch.size, loss, metrics)
    if (schedule?.per === 'step') schedule.step(loss)
    const seconds = this.seconds()
    const left = (epochs - progress.epochs) * loader.examples - this.sums.examples
    const told = this.tell({
      type: 'step',
      epoch: this.epochNumber(),
      epochs,
      step: progress.steps,
      stepInEpoch: progress.stepInEpoch,
      stepsPerEpoch: loader.length,
      ...asScores(loss, metrics),
      ...(norm === undefined ? {} : { gradientNorm: norm }),
      learningRate,
      examplesPerSecond: this.seen / seconds,
      seconds,
      secondsLeft: (left * seconds) / this.seen,
    })
    if (told !== undefined) await told
  }

  private async endEpoch(): Promise<void> {
    const { parts, progress, scorer, sums } = this
    const { validation, schedule, optimizer, epochs, loader } = parts
    const { learningRate } = optimizer
    const scores = sums.scores()
    const seconds = this.secondsInEpoch()
    const epoch = this.epochNumber()
    let checked: Scores | undefined
    if (validation !== undefined) {
      checked = await scoreAll(parts.model, validation, scorer!)
      this.validation = checked
    }
    if (schedule?.per === 'epoch') schedule.step(checked?.loss ?? scores.loss)
    const examplesPerSecond = loader.examples / seconds
    const record: EpochRecord = {
      epoch,
      ...scores,
      ...(checked === undefined ? {} : { validation: checked }),
      learningRate,
      seconds,
      examplesPerSecond,
    }
    // Everything is counted before listeners hear of it: a checkpoint that they make now starts with the next epoch.
    progress.history.push(record)
    progress.epochs++
    progress.stepInEpoch = 0
    progress.secondsInEpoch = 0
    this.sums = new ScoreSums()
    if (checked !== undefined) await this.tell({ type: 'validation', epoch, ...checked })
    await this.tell({ type: 'epoch', ...record, epochs })
  }

  /** Ends training with an error; the update was withheld already. */
  private refuse(batch: Batch, lossValue: number, normValue: number | undefined): never {
    const { parts, progress } = this
    const { optimizer } = parts
    optimizer.takeBack()
    const place = { epoch: this.epochNumber(), step: progress.stepInEpoch + 1 }
    const numbers = { lossValue, normValue, learningRate: optimizer.learningRate }
    throw explainBadStep({ ...parts, dataset: parts.loader.dataset, batch, ...place, ...numbers })
  }

  /** Tells an event, and remembers a wish to stop. */
  private tell(event: Parameters<Control['tell']>[0]): Promise<void> | undefined {
    const answer = this.control.tell(event)
    if (answer instanceof Promise) {
      return answer.then((wantsStop) => {
        if (wantsStop) this.reason ??= 'callback'
      })
    }
    if (answer) this.reason ??= 'callback'
    return undefined
  }

  private isStopped(): boolean {
    if (this.reason === undefined && this.parts.signal?.aborted === true) this.reason = 'signal'
    if (this.reason === undefined && this.control.isStopWanted()) this.reason = 'stop'
    return this.reason !== undefined
  }

  private epochNumber(): number {
    return Math.min(this.progress.epochs + 1, this.parts.epochs)
  }

  private seconds(): number {
    return Math.max(performance.now() - this.started, 1e-3) / 1000
  }

  private secondsInEpoch(): number {
    return this.progress.secondsInEpoch + Math.max(performance.now() - this.epochStarted, 1e-3) / 1000
  }
}
